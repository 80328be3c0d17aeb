import Optimization

extension Schema {
    /// All that a file of this version may hold. `Schemas/aekit-1.0.json` is this table in JSON, and every file carries a copy of it.
    public static let elements: [SchemaElement] = fileElements + modelElements + componentElements + trainingElements + resultElements("")
        + [.group("/epochs", .epochs), .group("/epochs/<epoch>", .epoch, [.integer("epoch", .range(1...TrainingOptions.largestCount))])]
        + [.group("/epochs/<epoch>/weights", .weights), .dataset("/epochs/<epoch>/weights/<name>", ["float32", "int64"], nil, required: false, .finite)]
        + resultElements("/epochs/<epoch>")

    private static let fileElements: [SchemaElement] = [
        .group("/", .file, required: true, [.text("format", .choices([format])), .text("schema_version"), .text("kind", .choices(Kind.self)), .text("creator"), .texts("required_features")]),
        .dataset("/schema", ["text"], ["1"], encoding: .text),
        .dataset("/seal", ["uint8"], ["32"], encoding: .seal),
    ]

    private static let modelElements: [SchemaElement] = [
        .group("/model", .model, [
            .text("architecture"), .integer("bottleneck", .range(ModelRecord.bottlenecks)), .integer("classes", .range(ModelRecord.classes)),
            .init(name: "input_shape", type: "int64", shape: ["3"], values: .range(ModelRecord.sides)),
        ]),
        .dataset("/model/layers", ["text"], ["L"], encoding: .text),
        .group("/model/weights", .weights, required: true),
        .dataset("/model/weights/<name>", ["float32", "int64"], nil, required: false, .finite),
        .group("/preprocess", .preprocess, [.text("resize"), .number("divide_by", .range(255, 255))] + PreprocessRecord.attributes),
    ]

    private static let componentElements: [SchemaElement] = [
        .group("/components", .components, [
            .integer("images", .range(1...TrainingOptions.largestCount)), .integer("standardize", .range(0...1)), .digest("data_sha256"),
        ]),
        .dataset("/components/mean", ["float64"], ["F"], .finite),
        .dataset("/components/scale", ["float64"], ["F"], .finite),
        .dataset("/components/components", ["float64"], ["k", "F"], .finite),
        .dataset("/components/explained_variance", ["float64"], ["C"], .finite),
        .dataset("/components/explained_variance_ratio", ["float64"], ["C"], .finite),
    ]

    private static let trainingElements: [SchemaElement] = [
        .group("/training", .training, [
            .integer("epochs", .range(1...TrainingOptions.largestCount)), .integer("batch_size", .range(1...TrainingOptions.largestBatch)),
            .number("learning_rate"), .number("kl_weight"), .number("reconstruction_weight"), .integer("seed"), .integer("shuffle", .range(0...1)),
            .text("noise", .choices(TrainingOptions.Noise.self)), .text("recipe", .choices(Recipe.self)), .text("record", .choices(Recording.texts)),
            .integer("images", .range(1...TrainingOptions.largestCount)), .digest("data_sha256"),
            .integer("epochs_done", .range(0...TrainingOptions.largestCount)),
        ]),
        .group("/training/history", .history, required: true),
        .dataset("/training/history/epoch", ["int64"], ["E"], .atLeast(1)),
        .dataset("/training/history/train_loss", ["float64"], ["E"], .finite),
        .dataset("/training/history/eval_loss", ["float64"], ["E"], .finite),
        .group("/training/state", .state, required: true, [
            .text("generator", .choices([TrainingRecord.generator])), .integer("step", .atLeast(0)),
            .integer("step_in_epoch", .range(0...TrainingOptions.largestCount)), .number("loss_sum"),
        ]),
        .group("/training/state/m", .moments, required: true),
        .dataset("/training/state/m/<name>", ["float32"], nil, required: false, .finite),
        .group("/training/state/v", .moments, required: true),
        .dataset("/training/state/v/<name>", ["float32"], nil, required: false, .atLeast(0)),
    ]

    /// What the network made of images: of the file's last epoch, or of one under `parent`.
    private static func resultElements(_ parent: String) -> [SchemaElement] {
        let results: [SchemaElement] = [
            .group("\(parent)/latents", .latents),
            .group("\(parent)/latents/<split>", .latents),
            .dataset("\(parent)/latents/<split>/z", ["float32"], ["N", "d"], .finite),
            .dataset("\(parent)/latents/<split>/mu", ["float32"], ["N", "d"], required: false, .finite),
            .dataset("\(parent)/latents/<split>/logvar", ["float32"], ["N", "d"], required: false, .finite),
            .dataset("\(parent)/latents/<split>/label", ["uint8"], ["N"], required: false),
            .group("\(parent)/reconstructions", .reconstructions),
            .group("\(parent)/reconstructions/<split>", .reconstructions),
            .dataset("\(parent)/reconstructions/<split>/images", ["float32"], ["N", "1", "32", "32"], .finite),
            .dataset("\(parent)/reconstructions/<split>/label", ["uint8"], ["N"], required: false),
        ]
        return parent.isEmpty ? results + [
            .group("/scores", .scores),
            .group("/scores/<name>", .score, [
                .number("accuracy", .range(0, 100)), .integer("correct", .atLeast(0)), .integer("count", .atLeast(1)), .digest("reader_sha256"), .digest("data_sha256"),
            ]),
            .dataset("/scores/<name>/confusion", ["int64"], ["C", "C"], .atLeast(0)),
        ] : results
    }
}

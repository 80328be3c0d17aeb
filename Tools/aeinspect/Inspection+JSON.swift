import HDF5Reader
import HDF5Types
import Layers
import ModelFiles
import Networks
import Texts
import ToolSupport

extension Inspection {
    /// What JSON says of a file, to which options add.
    var members: [(String, JSON)] {
        [
            ("file", .string(path)), ("format", .string(Schema.format)), ("schema_version", .string(file.version.description)),
            ("kind", .string(file.kind.rawValue)), ("valid", .bool(true)), ("problems", .array([])), ("bytes", .integer(contents.byteCount)),
            ("model", model.map(Self.json) ?? .null), ("components", components.map(Self.json) ?? .null), ("training", training.map(Self.json) ?? .null), ("latents", Self.json(contents.latents)),
            ("reconstructions", Self.json(contents.reconstructions)),
            ("scores", .array(contents.scores.map {
                .object([("name", .string($0.name)), ("accuracy", .number($0.accuracy)), ("correct", .integer($0.correct)), ("count", .integer($0.count))])
            })),
            ("epochs", .array(contents.epochs.map { .object([("name", .string($0.name)), ("parts", .strings($0.parts))]) })),
            ("unknown", .strings(contents.unknown)),
        ]
    }

    /// What JSON says of a file that could not be opened or is not as its schema has it.
    static func json(_ path: String, _ problems: [Violation]) -> JSON {
        .object([
            ("file", .string(path)), ("format", .null), ("schema_version", .null), ("kind", .null), ("valid", .bool(false)),
            ("problems", .array(problems.map { .object([("object", .string($0.object)), ("rule", .string($0.rule)), ("reason", .string($0.reason))]) })),
            ("model", .null), ("training", .null),
        ])
    }

    private static func json(_ model: ModelDescription) -> JSON {
        let layers = model.layers.indices.map { index in
            let named = model.layers[index]
            return JSON.object([
                ("name", .string(named.name)), ("type", .string(type(of: named.layer).type)), ("text", .string(named.layer.text)),
                ("output_shape", .integers(model.outputShapes[index])), ("parameters", .integer(named.layer.parameterCount)),
                ("multiply_adds", .integer(model.multiplyAdds(of: index))),
            ])
        }
        return .object([
            ("architecture", .string(model.architecture)), ("bottleneck", .integer(model.bottleneck)), ("classes", .integer(model.classes)),
            ("input_shape", .integers(model.inputShape.axes)), ("latent_shape", model.latentShape.map(JSON.integers) ?? .null),
            ("parameters", .integer(model.parameterCount)), ("multiply_adds", .integer(model.multiplyAdds)), ("layers", .array(layers)),
        ])
    }

    private static func json(_ components: ComponentRecord) -> JSON {
        let analysis = components.analysis, ratios = analysis.explainedVarianceRatio
        return .object([
            ("kept", .integer(analysis.kept)), ("features", .integer(analysis.features)), ("images", .integer(analysis.count)),
            ("standardized", .bool(analysis.isStandardized)), ("explained_variance", .array(analysis.explainedVariance.map { .number($0) })),
            ("explained_variance_ratio", .array(ratios.map { .number($0) })),
        ])
    }

    private static func json(_ training: TrainingRecord) -> JSON {
        let options = training.options, last = training.state.history.last
        return .object([
            ("epochs", .integer(options.epochs)), ("epochs_done", .integer(training.state.epochsDone)), ("images", .integer(training.images)),
            ("batch_size", .integer(options.batchSize)), ("learning_rate", .number(options.learningRate)), ("kl_weight", .number(options.klWeight)),
            ("reconstruction_weight", .number(options.reconstructionWeight)), ("seed", .unsigned(options.seed)), ("shuffle", .bool(options.shuffle)),
            ("noise", .string(options.noise.rawValue)), ("recipe", .string(options.recipe.rawValue)), ("record", .string(training.record.description)),
            ("train_loss", last.map { .number($0.trainLoss) } ?? .null), ("eval_loss", last.map { .number($0.evalLoss) } ?? .null),
        ])
    }

    private static func json(_ results: [FileContents.Results]) -> JSON {
        .array(results.map { .object([("split", .string($0.split)), ("shape", .integers($0.shape)), ("labels", .bool($0.hasLabels))]) })
    }
}

extension Violation {
    /// What an error says, whose rule is that a file can be read.
    init(_ error: any Error) {
        let problem = (error as? VerificationError)?.problems[0], stored = error as? HDF5Error
        self.init(object: problem?.object ?? stored?.object ?? "/", rule: problem?.rule.rawValue ?? "readable", reason: problem?.what ?? stored?.reason ?? "\(error)")
    }
}

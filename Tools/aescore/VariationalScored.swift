import Evaluation
import Images
import ModelFiles
import Networks
import Platform
import Texts
import ToolSupport

/// What --likelihood found of a model.
struct VariationalScored {
    let path: String
    let score: VariationalScore

    /// Measures a file's network on the images. Throws where it cannot be read, or is not variational.
    static func measure(_ path: String, samples: Int, _ encoding: EncodingOptions, _ data: DataSelection, quiet: Bool) throws -> VariationalScore {
        let file = try StoredFile(path), network = try encoding.network(of: file), model = network.description
        guard model.isVariational else { throw ToolError.usage("\(path.printable) is not variational (\(model.architecture)): its images have no likelihood") }
        let options = try TrainingRecord(file.root).options
        var score = VariationalScore(size: model.latentCount, pixels: model.outputCount, samples: samples, reconstructionWeight: options.reconstructionWeight, klWeight: options.klWeight)
        let images = ProgressBar.following(try encoding.stream(for: network, data), quiet: quiet)
        try score.add(images, Inference(network, threads: Processors.count))
        return score
    }

    static func json(_ scores: [VariationalScored]) -> String {
        func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
        func numbers(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
        return JSON.object([("scores", .array(scores.map { scored in
            let score = scored.score
            return .object([
                ("model", .string(scored.path)), ("count", .integer(score.count)), ("samples", .integer(score.samples)), ("loss", .number(score.loss)),
                ("squared_error", .number(score.squaredError)), ("kl", .number(score.divergence)), ("kl_by_number", numbers(score.divergenceByNumber)),
                ("mu_variance", numbers(score.meanVariance)), ("active", .integer(score.active)), ("reconstruction_weight", .number(score.reconstructionWeight)),
                ("kl_weight", .number(score.klWeight)), ("pixel_variance", number(score.pixelVariance)), ("elbo", number(score.evidenceLowerBound)),
                ("log_likelihood", number(score.logLikelihood)), ("log_likelihood_error", number(score.logLikelihoodError)),
            ])
        }))]).text
    }

    /// A line a model, and below it what each number of the latent carries.
    static func table(_ scores: [VariationalScored]) -> String {
        func nats(_ value: Double?) -> String { value?.fixed(2) ?? "-" }
        var table = TextTable([("", .left)] + ["loss", "squared error", "KL", "ELBO", "log p(x)", "+-", "active"].map { ($0, .right) })
        for scored in scores {
            let score = scored.score
            table.add([scored.path, score.loss.fixed(2), score.squaredError.fixed(2), score.divergence.fixed(2), nats(score.evidenceLowerBound), nats(score.logLikelihood),
                       nats(score.logLikelihoodError), "\(score.active) of \(score.meanVariance.count)"])
        }
        let most = scores.map { $0.score.divergenceByNumber.count }.max() ?? 0
        var numbers = TextTable([("KL of the latent's", .left)] + (1...most).map { ("\($0)", .right) })
        for scored in scores {
            let values = scored.score.divergenceByNumber.map { $0.fixed(2) }
            numbers.add([scored.path] + values + Array(repeating: "", count: most - values.count))
        }
        return (table.lines + [""] + numbers.lines).joined(separator: "\n")
    }
}

import NetworkFiles
import Networks
import Optimization
import Requests
import Training
import YAMLFiles

/// One entry of a plan's `runs`: a model, and lists of which every combination is a run.
struct SweepEntry {
    /// Keys of how a run is trained, which a plan may also set for all runs.
    static let training = ["seeds", "epochs", "batch_size", "learning_rate", "recipe"]
    static let epochs = 1...100_000
    private static let keys = ["table", "model", "bottleneck", "kl_weight", "reconstruction_weight", "report_accuracy"] + training

    private let node: YAMLNode, entry: YAMLMapping, defaults: YAMLMapping, overrides: SweepPlan.Overrides

    init(_ node: YAMLNode, defaults: YAMLMapping, _ overrides: SweepPlan.Overrides) throws(YAMLError) {
        (self.node, self.defaults, self.overrides) = (node, defaults, overrides)
        entry = try node.mapping("a run", keys: Self.keys)
    }

    /// The runs, bottlenecks outermost and seeds innermost. Throws what says which line is wrong.
    func runs() throws -> [SweepRun] {
        let request = try trainingRequest(), model = request.model ?? ""
        let isComponents = model == ComponentAnalysis.architecture
        let isVariational = request.network?.isVariational ?? Architecture(rawValue: model)?.isVariational ?? false
        let bottlenecks = try bottlenecks(request), weights = try lossWeights(isVariational, model), seeds = try isComponents ? [nil] : seeds().map(Optional.some)
        let settings = bottlenecks.flatMap { k in weights.map { (k, $0.kl, $0.reconstruction) } }
        let accuracies = try reportAccuracies(count: settings.count), table = try entry["table"]?.text("table") ?? model
        return try settings.enumerated().flatMap { index, setting in
            try seeds.map { seed in
                var request = request
                (request.bottleneck, request.seed) = (request.network == nil ? setting.0 : nil, seed)
                if isVariational { (request.klWeight, request.reconstructionWeight) = (setting.1, setting.2) }
                try resolve(&request, isComponents)
                return SweepRun(table: table, model: model, bottleneck: setting.0, klWeight: setting.1, reconstructionWeight: setting.2, seed: seed,
                                reportAccuracy: accuracies?[index], request: request)
            }
        }
    }

    /// The model, and what all runs of the entry share.
    private func trainingRequest() throws -> TrainingRequest {
        var request = TrainingRequest(output: "")
        let node = try entry.required("model"), name = try node.text("model")
        if NetworkFile.isFile(name) {
            // From the plan's folder, wherever the tool runs.
            let folder = node.path.lastIndex(of: "/").map { node.path[...$0] } ?? ""
            try request.choose(name.hasPrefix("/") ? name : folder + name)
        } else {
            guard name == ComponentAnalysis.architecture || Architecture(rawValue: name).map({ $0 != .reader }) ?? false else {
                throw node.error("model is '\(name.shown)', none of \(Self.models)" + (name == "reader" ? "; the reader is trained anyway" : ""))
            }
            request.model = name
        }
        guard name != ComponentAnalysis.architecture else {
            if let key = Self.training.first(where: { entry[$0] != nil }), let value = entry[key] { throw value.error("\(key) has no meaning for pca, which is computed, not trained") }
            return request
        }
        request.epochs = try setting("epochs")?.integer("epochs", in: Self.epochs)
        request.batchSize = try setting("batch_size")?.integer("batch_size", in: 1...TrainingOptions.largestBatch)
        request.learningRate = try setting("learning_rate")?.number("learning_rate", "a positive number") { $0 > 0 }
        request.recipe = try overrides.recipe ?? setting("recipe").map(Self.recipe)
        return request
    }

    private static let models = (Architecture.allCases.filter { $0 != .reader }.map(\.rawValue) + [ComponentAnalysis.architecture, "a .yaml file"]).joined(separator: ", ")

    /// The entry's own value, or the plan's for all.
    private func setting(_ key: String) -> YAMLNode? { entry[key] ?? defaults[key] }

    private static func recipe(_ node: YAMLNode) throws(YAMLError) -> Recipe {
        let name = try node.text("recipe")
        guard let recipe = Recipe(rawValue: name) else {
            throw node.error("recipe is '\(name.shown)', none of \(Recipe.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return recipe
    }

    private func bottlenecks(_ request: TrainingRequest) throws(YAMLError) -> [Int] {
        if let network = request.network {
            if let node = entry["bottleneck"] { throw node.error("bottleneck has no meaning for \(network.architecture), which says its own") }
            return [network.bottleneck]
        }
        let most = request.model == ComponentAnalysis.architecture ? 1024 : Architecture.bottlenecks.upperBound
        var sizes: [Int] = []
        for item in try entry.required("bottleneck").items("bottleneck") { sizes.append(try item.integer("bottleneck", in: 1...most)) }
        return sizes
    }

    private func seeds() throws(YAMLError) -> [UInt64] {
        guard overrides.seeds.isEmpty else { return overrides.seeds }
        guard let list = setting("seeds") else { return [0] }
        var seeds: [UInt64] = []
        for item in try list.items("seeds") { seeds.append(UInt64(try item.integer("a seed", in: 0...Int.max))) }
        return seeds
    }

    /// Pairs of the loss's weights, 1 where nothing is said; one pair of nil where the loss has none.
    private func lossWeights(_ isVariational: Bool, _ model: String) throws(YAMLError) -> [(kl: Double?, reconstruction: Double?)] {
        func list(_ key: String) throws(YAMLError) -> [Double] {
            guard let node = entry[key] else { return [1] }
            guard isVariational else { throw node.error("\(key) has no meaning for \(model), which is not variational") }
            var weights: [Double] = []
            for item in try node.items(key) { weights.append(try item.number(key, "a number from 0") { $0 >= 0 }) }
            return weights
        }
        let kl = try list("kl_weight"), reconstruction = try list("reconstruction_weight")
        return isVariational ? kl.flatMap { kl in reconstruction.map { (kl, $0) } } : [(nil, nil)]
    }

    /// An accuracy for each combination, in order; nil for none at all.
    private func reportAccuracies(count: Int) throws(YAMLError) -> [Double]? {
        guard let node = entry["report_accuracy"] else { return nil }
        var accuracies: [Double] = []
        for item in try node.items("report_accuracy") { accuracies.append(try item.number("report_accuracy", "a percentage") { (0...100).contains($0) }) }
        guard accuracies.count == count else { throw node.error("report_accuracy has \(accuracies.count) values for \(count) combinations") }
        return accuracies
    }

    /// Checks what no line alone says, and says what the plan leaves to the recipe, so that a file of another recipe is not taken for the run's.
    private func resolve(_ request: inout TrainingRequest, _ isComponents: Bool) throws {
        guard !isComponents else { return }
        do {
            request.settle(try request.newRun().options)
        } catch let error as RunError {
            throw node.error(error.text(\.key))
        }
    }
}

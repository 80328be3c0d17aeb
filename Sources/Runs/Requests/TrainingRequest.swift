import Images
import ModelFiles
import Networks
import Optimization
import Platform
import Texts

/// What a user asks of a training run; nil where they said nothing, so that a resumed run keeps what its file says.
public struct TrainingRequest: Sendable {
    public var model: String?, bottleneck: Int?
    /// A network of the user's own, in place of one that `model` names.
    public var network: ModelDescription?
    public var epochs: Int?, batchSize: Int?, learningRate: Double?
    public var klWeight: Double?, reconstructionWeight: Double?
    public var seed: UInt64?, shuffle: Bool?, noise: TrainingOptions.Noise?
    public var record: Recording?, recipe: Recipe?
    /// The size and channels that images are to have.
    public var preparation = Preparation()
    /// The first images of the training split alone.
    public var limit: Int?
    public var threads: Int?
    /// Files: weights to begin with, a run to go on with, and where to save.
    public var initial: String?, resume: String?
    public var output: String
    public var force = false

    public init(output: String) { self.output = output }

    /// A new run's network and options, defaults filled in. Throws `RunError` for what cannot be, `ModelError` for a shape that the network does not take, and what
    /// `classes` throws, the number of the data's classes, where the network has to know them.
    public func newRun(classes: @autoclosure () throws -> Int = Architecture.reportClasses) throws -> (model: ModelDescription, options: TrainingOptions, record: Recording) {
        if let network {
            guard bottleneck == nil else { throw RunError.request("\(.bottleneck) has no meaning for \(network.architecture), which says its own") }
            return (network, try options(over: defaults(for: network), of: network), record ?? .final)
        }
        guard let model else { throw RunError.request("\(.model) is needed, one of \(Self.models)") }
        guard let architecture = Architecture(rawValue: model) else { throw RunError.request("no model is called '\(model)'; there are \(Self.models)") }
        if architecture == .reader, bottleneck != nil { throw RunError.request("the reader has no bottleneck") }
        let bottleneck = bottleneck ?? 2
        guard Architecture.bottlenecks.contains(bottleneck) else {
            throw RunError.request("\(.bottleneck) is \(bottleneck), not within \(Architecture.bottlenecks.lowerBound) to \(Architecture.bottlenecks.upperBound)")
        }
        let shape = preparation.shape(over: Architecture.reportShape), description: ModelDescription
        do {
            // Data without labels are refused when they are read.
            description = try architecture.model(bottleneck: bottleneck, shape: shape, classes: architecture.hasClasses ? max(1, classes()) : Architecture.reportClasses)
        } catch let error as ModelError {
            throw RunError.request("\(error)")
        }
        return (description, try options(over: defaults(for: description), of: description), record ?? .final)
    }

    public static let mostThreads = 256

    /// Says what the request leaves open as `options` have it.
    public mutating func settle(_ options: TrainingOptions) {
        (epochs, batchSize, learningRate) = (epochs ?? options.epochs, batchSize ?? options.batchSize, learningRate ?? options.learningRate)
        recipe = recipe ?? options.recipe
    }

    private func defaults(for model: ModelDescription) -> TrainingOptions {
        var options = TrainingOptions()
        options.recipe = recipe ?? options.recipe
        options.learningRate = options.recipe.learningRate(for: model)
        options.batchSize = options.recipe.batchSize(for: model)
        return options
    }

    /// The options asked for, over those of `base`. Throws `RunError` for numbers out of range and for options without a meaning for the model.
    package func options(over base: TrainingOptions, of model: ModelDescription) throws -> TrainingOptions {
        func check(_ condition: Bool, _ text: @autoclosure () -> RunError.Message) throws { if !condition { throw RunError.request(text()) } }
        var options = base
        options.epochs = epochs ?? base.epochs
        options.batchSize = batchSize ?? base.batchSize
        options.learningRate = learningRate ?? base.learningRate
        options.klWeight = klWeight ?? base.klWeight
        options.reconstructionWeight = reconstructionWeight ?? base.reconstructionWeight
        options.seed = seed ?? base.seed
        options.shuffle = shuffle ?? base.shuffle
        options.recipe = recipe ?? base.recipe
        options.noise = noise ?? (model.isVariational ? base.noise : .none)
        try check((1...100_000).contains(options.epochs), "\(.epochs) is \(options.epochs), not within 1 to 100000")
        try check((1...TrainingOptions.largestBatch).contains(options.batchSize), "\(.batchSize) is \(options.batchSize), not within 1 to \(TrainingOptions.largestBatch)")
        try check(options.learningRate > 0 && options.learningRate.isFinite, "\(.learningRate) is \(options.learningRate), not a positive number")
        for (name, value) in [(RunOption.klWeight, options.klWeight), (.reconstructionWeight, options.reconstructionWeight)] {
            try check(value >= 0 && value.isFinite, "\(name) is \(value), not a number from 0")
        }
        if !model.isVariational {
            try check(klWeight == nil && reconstructionWeight == nil, "\(model.architecture) has no KL divergence: its loss takes no weights")
            try check(noise != .gaussian, "\(model.architecture) is not variational: it draws no noise")
        }
        try checkCounts()
        return options
    }

    /// Throws `RunError` for numbers of images and threads that cannot be.
    public func checkCounts() throws {
        if let limit, limit < 1 { throw RunError.request("\(.limit) is \(limit), not a number from 1") }
        if let threads, !(1...Self.mostThreads).contains(threads) { throw RunError.request("\(.threads) is \(threads), not within 1 to \(Self.mostThreads)") }
    }

    /// Throws `RunError` where a file stands at the output that may not be replaced.
    package func refuseExisting(unless isAllowed: Bool) throws {
        var status = stat()
        if !isAllowed, stat(output, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
            throw RunError(.exists, "\(output.printable): exists: \(.force) replaces it, \(.resume) goes on with a run")
        }
    }

    /// The names that `--model` takes.
    public static let models = Architecture.allCases.map(\.rawValue).joined(separator: ", ")
        + ", \(ComponentAnalysis.architecture), or a .yaml file of your own network"
}

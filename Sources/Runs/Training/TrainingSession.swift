import Images
import Layers
import ModelFiles
import Networks
import Optimization
import Platform
import Requests
import SystemFiles
import Tensors
import Texts

/// A training run and its file: begun or resumed, saved after every epoch and whenever it stops.
public final class TrainingSession {
    public let network: Network
    public let options: TrainingOptions
    public let trainer: Trainer
    public let images: PreparedImages
    private let request: TrainingRequest
    private let record: Recording
    private let evaluation: PreparedImages
    private let dataDigest: [UInt8]
    private let threads: Int
    private let lock: FileLock
    /// Whether a file of this run stands at the output.
    private var saved: Bool

    /// Takes the output's lock, checks the request, and loads data and network.
    ///
    /// Throws `RunError`, and what reading data and files throws. Nothing is written yet.
    public init(_ request: TrainingRequest, _ source: any DataSource) throws {
        self.request = request
        lock = try FileLock(beside: request.output)
        try request.refuseExisting(unless: request.force || Self.continuesItsFile(request))
        let plan = try Self.plan(request, source)
        (network, options, record) = (plan.network, plan.options, plan.record)
        images = try source.load(.train, limit: request.limit ?? plan.resumed?.images, plan.preparation)
        evaluation = try source.load(.test, limit: nil, plan.preparation)
        try Self.check(images, for: network.description, source)
        try Self.check(evaluation, for: network.description, source)
        dataDigest = try PreparedImages.digest([images, evaluation])
        if let stored = plan.resumed {
            let file = request.resume?.printable ?? ""
            guard stored.images == images.count else { throw RunError.request("\(file) was trained on \(stored.images) images, not on \(images.count)") }
            guard stored.dataDigest == dataDigest else { throw RunError.request("\(file) was trained on other images than those of \(source); \(.data) names them") }
        }
        threads = request.threads ?? Self.defaultThreads
        trainer = Trainer(network, options, data: images, evaluation: evaluation, threads: threads, resuming: plan.resumed?.state ?? .init())
        if let file = plan.file {
            try TrainingRecord.loadState(network, from: file.root)
        } else if plan.initial == nil {
            network.initialize(seed: options.seed)
        }
        saved = Self.continuesItsFile(request)
    }

    /// Whether the evaluation measures what was trained on: data without splits are both. Throws what reading in place throws.
    public func testsOnTrainingImages() throws -> Bool { try images.begins(like: evaluation) }

    public var output: String { request.output }

    /// Whether all epochs are done, and stand in the output.
    public var isFinished: Bool { trainer.isFinished && saved }

    /// Trains until the last epoch, saving after each.
    ///
    /// - Parameters:
    ///   - afterStep: given the images done in this epoch and their mean loss; training stops where it returns false.
    ///   - afterEpoch: given each epoch's record, once it is saved.
    /// - Returns: false where it was stopped; the step under way was then finished and saved.
    public func run(afterStep: (Int, Double) -> Bool, afterEpoch: (EpochRecord) throws -> Void) throws -> Bool {
        // A run that was done already, under another name.
        if trainer.isFinished { try save(endOfEpoch: false) }
        while !trainer.isFinished {
            let result: EpochRecord?
            do {
                result = try trainer.runEpoch(afterStep: afterStep)
            } catch let error as DivergenceError {
                throw diverged("\(error)")
            }
            // The loss of a step is that of the weights before it.
            if let name = network.firstNotFinite { throw diverged("\(name) is not finite after step \(trainer.state.step)") }
            try save(endOfEpoch: result != nil)
            guard let record = result else { return false }
            try afterEpoch(record)
        }
        return true
    }

    private func diverged(_ what: String) -> RunError {
        .badData("\(request.output.printable): \(what)\(saved ? "; the last checkpoint stands" : "; nothing was saved")")
    }

    private func save(endOfEpoch: Bool) throws {
        let epoch = trainer.state.epochsDone
        let training = TrainingRecord(options: options, state: trainer.state, images: images.count, dataDigest: dataDigest, record: record)
        let snapshot = endOfEpoch && !record.epochs.isEmpty
            ? EpochSnapshot(epoch: epoch, parts: record.epochs, images: evaluation, inference: Inference(network, threads: threads)) : nil
        let latents = trainer.isFinished && record.finalLatents && !network.description.isReader
            ? (images: ImageStream(evaluation), inference: Inference(network, threads: threads)) : nil
        let previous = record.epochs.isEmpty ? nil : saved ? request.output : request.resume
        try ModelFile.save(network, PreprocessRecord([images, evaluation]), training: training, latents: latents, snapshot: snapshot, previous: previous, to: request.output)
        saved = true
    }

    // MARK: Preparation

    private struct Plan {
        let network: Network, preparation: Preparation, options: TrainingOptions, record: Recording
        var file: StoredFile?, resumed: TrainingRecord?, initial: String?
    }

    private static func plan(_ request: TrainingRequest, _ source: any DataSource) throws -> Plan {
        guard let resume = request.resume else {
            let (model, options, record) = try request.newRun(classes: source.classNames().count), network = Network(model)
            let preparation = try model.preparation(request.preparation)
            if let initial = request.initial {
                let file = try StoredFile(initial), stored = try ModelRecord.description(file.root)
                guard stored.layers.map(\.text) == model.layers.map(\.text) else {
                    throw RunError.badData("\(initial.printable):/model: is \(stored.architecture) with bottleneck \(stored.bottleneck), not the network asked for")
                }
                try ModelRecord.load(network, from: file.root)
            }
            return Plan(network: network, preparation: preparation, options: options, record: record, initial: request.initial)
        }
        guard request.initial == nil else { throw RunError.request("\(.initial) and \(.resume) exclude each other") }
        let file = try StoredFile(resume), network = try ModelRecord.network(of: file), stored = try TrainingRecord(file.root)
        let preparation = try network.description.preparation(request.preparation, PreprocessRecord(file.root))
        let options = try resumedOptions(request, stored, network.description)
        return Plan(network: network, preparation: preparation, options: options, record: stored.record, file: file, resumed: stored)
    }

    /// The stored options, with more epochs where the request has more. Throws where it asks for anything else than what is stored.
    public static func resumedOptions(_ request: TrainingRequest, _ stored: TrainingRecord, _ model: ModelDescription) throws -> TrainingOptions {
        func refuse(_ option: RunOption, _ asked: String, _ has: String) -> RunError {
            RunError.request("\(option) is \(asked), but \(request.resume!.printable) was trained with \(has): a resumed run keeps its options")
        }
        if let own = request.network, own.layers.map(\.text) != model.layers.map(\.text) {
            throw RunError.request("\(request.resume!.printable) holds \(model.architecture), not the network of \(own.architecture) as it is now")
        }
        if let name = request.model, name != model.architecture { throw refuse(.model, name, model.architecture) }
        if let size = request.bottleneck, size != model.bottleneck { throw refuse(.bottleneck, "\(size)", "\(model.bottleneck)") }
        if let record = request.record, record != stored.record { throw refuse(.record, record.description, stored.record.description) }
        let asked = try request.options(over: stored.options, of: model)
        let pairs: [(RunOption, String, String)] = [
            (.batchSize, "\(asked.batchSize)", "\(stored.options.batchSize)"), (.learningRate, "\(asked.learningRate)", "\(stored.options.learningRate)"),
            (.klWeight, "\(asked.klWeight)", "\(stored.options.klWeight)"),
            (.reconstructionWeight, "\(asked.reconstructionWeight)", "\(stored.options.reconstructionWeight)"),
            (.seed, "\(asked.seed)", "\(stored.options.seed)"), (.noShuffle, "\(!asked.shuffle)", "\(!stored.options.shuffle)"),
            (.recipe, asked.recipe.rawValue, stored.options.recipe.rawValue), (.noise, asked.noise.rawValue, stored.options.noise.rawValue),
        ]
        for (option, asked, has) in pairs where asked != has { throw refuse(option, asked, has) }
        // A schedule runs over all epochs, of which some are done.
        if asked.recipe == .best, asked.epochs != stored.options.epochs { throw refuse(.epochs, "\(asked.epochs)", "a schedule of \(stored.options.epochs) epochs") }
        guard asked.epochs >= stored.state.epochsDone else { throw refuse(.epochs, "\(asked.epochs)", "\(stored.state.epochsDone) epochs") }
        return asked
    }

    /// Whether the output is the file being resumed, however the two are spelled.
    private static func continuesItsFile(_ request: TrainingRequest) -> Bool {
        guard let resume = request.resume, let identity = FileIdentity(resume) else { return false }
        return identity == FileIdentity(request.output)
    }

    private static func check(_ images: PreparedImages, for model: ModelDescription, _ source: any DataSource) throws {
        guard images.count > 0 else { throw RunError.badData("\(source): holds no images") }
        guard model.isReader || model.isConditional else { return }
        guard let labels = images.labels else { throw RunError.badData("\(source): has no labels, which \(model.architecture) needs") }
        let classes = model.isReader ? model.outputCount : model.classes
        if let label = labels.first(where: { $0 >= classes }) {
            throw RunError.badData("\(source): has label \(label), but \(model.architecture) knows \(classes) classes")
        }
    }

    /// As many threads as there are processors, up to the number for which a batch of 64 is divided.
    private static var defaultThreads: Int { min(Processors.count, RunTree.mostRuns) }
}

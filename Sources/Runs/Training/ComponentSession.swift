import Components
import Evaluation
import Images
import Layers
import ModelFiles
import Networks
import Optimization
import Platform
import Requests
import SystemFiles

/// A principal component analysis and its file: what stands in a training run's place for `--model pca`.
public final class ComponentSession {
    private let request: TrainingRequest
    private let standardized: Bool
    private let images: PreparedImages, evaluation: PreparedImages
    private let lock: FileLock

    /// Takes the output's lock, checks the request and loads the data. Throws `RunError`, and what reading data and files throws. Nothing is written yet.
    public init(_ request: TrainingRequest, standardized: Bool = false, _ source: any DataSource) throws {
        (self.request, self.standardized) = (request, standardized)
        lock = try FileLock(beside: request.output)
        try request.refuseExisting(unless: request.force)
        try Self.check(request)
        let preparation = request.preparation.over(Preparation(Architecture.reportShape))
        images = try source.load(.train, limit: request.limit, preparation)
        evaluation = try source.load(.test, limit: nil, preparation)
        let most = min(images.count, images.shape.count)
        guard images.count > 1 else { throw RunError.badData("\(source): one image has no principal components; it takes two") }
        guard request.bottleneck ?? 2 <= most else {
            throw RunError.request("\(.bottleneck) is \(request.bottleneck ?? 2), but \(images.count) images of \(images.shape.count) pixels have \(most) components")
        }
    }

    /// Refuses what has no meaning without steps of training.
    private static func check(_ request: TrainingRequest) throws {
        let given: [(RunOption, Bool)] = [
            (.epochs, request.epochs != nil), (.batchSize, request.batchSize != nil), (.learningRate, request.learningRate != nil),
            (.klWeight, request.klWeight != nil), (.reconstructionWeight, request.reconstructionWeight != nil), (.seed, request.seed != nil),
            (.noShuffle, request.shuffle != nil), (.noise, request.noise != nil), (.initial, request.initial != nil),
            (.resume, request.resume != nil), (.recipe, request.recipe != nil),
        ]
        if let option = given.first(where: \.1)?.0 { throw RunError.request("\(option) has no meaning for pca, which is computed, not trained") }
        if let record = request.record, !record.epochs.isEmpty { throw RunError.request("\(.record) is \(record), but pca has no epochs") }
        if let size = request.bottleneck, size < 1 { throw RunError.request("\(.bottleneck) is \(size), not a number from 1") }
        try request.checkCounts()
    }

    /// Whether the evaluation measures what was analysed: data without splits are both. Throws what reading in place throws.
    public func testsOnTrainingImages() throws -> Bool { try images.begins(like: evaluation) }

    /// The analysis, and its mean squared errors on the images of both splits as an epoch's losses.
    public struct Result {
        public let analysis: ComponentAnalysis, losses: EpochRecord
    }

    /// Analyses, saves the file, and measures. Throws `RunError`, `SystemError` or `HDF5Error`.
    public func run() throws -> Result {
        let started = Clock.now(), threads = request.threads ?? Processors.count
        let (rows, unit) = images.rows
        let analysis = try PrincipalComponents.analysis(of: rows, kept: request.bottleneck ?? 2, standardized: standardized, unit: unit, threads: threads)
        let seconds = Clock.now() - started
        let network = analysis.network(inputShape: images.shape), inference = Inference(network, threads: threads)
        let record = ComponentRecord(analysis, dataDigest: try PreparedImages.digest([images, evaluation]))
        let latents = (request.record ?? .final).finalLatents ? (images: ImageStream(evaluation), inference: inference) : nil
        try ModelFile.save(network, PreprocessRecord([images, evaluation]), training: nil, components: record, latents: latents, to: request.output)
        let losses = try [images, evaluation].map { try Self.error($0, inference) }
        return Result(analysis: analysis, losses: EpochRecord(epoch: 1, trainLoss: losses[0], evalLoss: losses[1], seconds: seconds))
    }

    private static func error(_ images: PreparedImages, _ inference: Inference) throws -> Double {
        var error = ReconstructionError()
        try ReconstructionRecord.forEachChunk(ImageStream(images), inference, sampling: nil) { error.add($0, $1) }
        return error.mean
    }
}

extension PreparedImages {
    /// The images as rows of numbers, and what one unit of them is to a network: bytes stay whole numbers, so that their sums are exact.
    fileprivate var rows: (rows: DataRows, unit: Double) {
        let rows = DataRows(count: count, features: shape.count) { range, target in
            switch try self[range].values {
            case .bytes(let bytes): for (index, byte) in bytes.enumerated() { target[index] = Double(byte) }
            case .floats(let floats): for (index, float) in floats.enumerated() { target[index] = Double(float) }
            }
        }
        return (rows, isFloat ? 1 : 1 / 255)
    }
}

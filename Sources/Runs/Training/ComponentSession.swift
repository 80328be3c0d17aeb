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
    private let images: ImageSet, evaluation: ImageSet
    private let lock: FileLock

    /// Takes the output's lock, checks the request and loads the data. Throws `RunError`, and what reading data and files throws. Nothing is written yet.
    public init(_ request: TrainingRequest, standardized: Bool = false, _ source: any DataSource) throws {
        (self.request, self.standardized) = (request, standardized)
        lock = try FileLock(beside: request.output)
        try request.refuseExisting(unless: request.force)
        try Self.check(request)
        images = try source.load(.train, limit: request.limit)
        evaluation = try source.load(.test, limit: nil)
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

    /// Whether the evaluation measures what was analysed: data without splits are both.
    public var testsOnTrainingImages: Bool { images.begins(like: evaluation) }

    /// The analysis, and its mean squared errors on the images of both splits as an epoch's losses.
    public struct Result {
        public let analysis: ComponentAnalysis, losses: EpochRecord
    }

    /// Analyses, saves the file, and measures. Throws `RunError`, `SystemError` or `HDF5Error`.
    public func run() throws -> Result {
        let started = Clock.now(), threads = request.threads ?? Processors.count
        let covariance = Covariance(features: images.shape.count, threads: threads), unit: Double
        switch images.values {
        case .bytes(let bytes):
            bytes.withUnsafeBufferPointer { covariance.add($0) }
            unit = 1 / 255
        case .floats(let floats):
            floats.withUnsafeBufferPointer { covariance.add($0) }
            unit = 1
        }
        let analysis = try PrincipalComponents.analysis(of: covariance, kept: request.bottleneck ?? 2, standardized: standardized, unit: unit)
        let seconds = Clock.now() - started
        let network = analysis.network(inputShape: images.shape), inference = Inference(network, threads: threads)
        let record = ComponentRecord(analysis, dataDigest: ImageSet.digest([images, evaluation]))
        let keepsLatents = (request.record ?? .final).finalLatents
        try ModelFile.save(network, training: nil, components: record, latents: keepsLatents ? { [evaluation] root in
            try LatentRecord.write(ImageStream(evaluation), inference, split: .test, to: root)
        } : nil, to: request.output)
        let losses = try [images, evaluation].map { try Self.error($0, inference) }
        return Result(analysis: analysis, losses: EpochRecord(epoch: 1, trainLoss: losses[0], evalLoss: losses[1], seconds: seconds))
    }

    private static func error(_ images: ImageSet, _ inference: Inference) throws -> Double {
        var error = ReconstructionError()
        try inference.reconstruct(ImageStream(images), sampling: nil) { error.add($0, $1) }
        return error.mean
    }
}

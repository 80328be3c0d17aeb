import Components
import Images
import Layers
import ModelFiles
import Models
import SystemFiles
import ToolSupport
import Training

/// A principal component analysis and its file: what stands in a training run's place for `--model pca`.
public final class ComponentSession {
    private let request: TrainingRequest
    private let standardized: Bool
    private let images: ImageSet, evaluation: ImageSet
    private let lock: FileLock

    /// Takes the output's lock, checks the request and loads the data. Throws `ToolError`, and what reading data and files throws. Nothing is written yet.
    public init(_ request: TrainingRequest, standardized: Bool = false, _ source: any DataSource) throws {
        (self.request, self.standardized) = (request, standardized)
        lock = try FileLock(beside: request.output)
        try OutputFile.refuseExisting(request.output, force: request.force)
        try Self.check(request)
        images = try source.load(.train, limit: request.limit)
        evaluation = try source.load(.test, limit: nil)
        let most = min(images.count, ImageSet.pixelsPerImage)
        guard images.count > 1 else { throw ToolError(.badData, "\(source): one image has no principal components; it takes two") }
        guard request.bottleneck ?? 2 <= most else {
            throw ToolError.usage("--bottleneck is \(request.bottleneck ?? 2), but \(images.count) images of \(ImageSet.pixelsPerImage) pixels have \(most) components")
        }
    }

    /// Refuses what has no meaning without steps of training.
    private static func check(_ request: TrainingRequest) throws {
        let given = [
            ("--epochs", request.epochs != nil), ("--batch-size", request.batchSize != nil), ("--learning-rate", request.learningRate != nil),
            ("--kl-weight", request.klWeight != nil), ("--reconstruction-weight", request.reconstructionWeight != nil), ("--seed", request.seed != nil),
            ("--no-shuffle", request.shuffle != nil), ("--noise", request.noise != nil), ("--init", request.initial != nil),
            ("--resume", request.resume != nil), ("--recipe", request.recipe != nil),
        ]
        if let option = given.first(where: \.1)?.0 { throw ToolError.usage("\(option) has no meaning for pca, which is computed, not trained") }
        if let record = request.record, !record.epochs.isEmpty { throw ToolError.usage("--record is \(record), but pca has no epochs") }
        if let size = request.bottleneck, !(1...ImageSet.pixelsPerImage).contains(size) {
            throw ToolError.usage("--bottleneck is \(size), not within 1 to \(ImageSet.pixelsPerImage)")
        }
        try request.checkCounts()
    }

    /// Whether the evaluation measures what was analysed: data without splits are both.
    public var testsOnTrainingImages: Bool { images.begins(like: evaluation) }

    /// The analysis, and its mean squared errors on the images of both splits as an epoch's losses.
    public struct Result {
        public let analysis: ComponentAnalysis, losses: EpochRecord
    }

    /// Analyses, saves the file, and measures. Throws `ToolError`, `SystemError` or `HDF5Error`.
    public func run() throws -> Result {
        let started = Clock.now(), threads = request.threads ?? Processors.count
        let covariance = Covariance(features: ImageSet.pixelsPerImage, threads: threads)
        images.pixels.withUnsafeBufferPointer { covariance.add($0) }
        let analysis = try PrincipalComponents.analysis(of: covariance, kept: request.bottleneck ?? 2, standardized: standardized, unit: 1 / 255)
        let seconds = Clock.now() - started
        let network = analysis.network(inputShape: [ImageSet.channels, ImageSet.side, ImageSet.side]), inference = Inference(network, threads: threads)
        let record = ComponentRecord(analysis, dataDigest: ImageSet.digest([images, evaluation]))
        let latents = (request.record ?? .final).finalLatents ? (images: ImageStream(evaluation), inference: inference) : nil
        try ModelFile.save(network, training: nil, components: record, latents: latents, to: request.output)
        let losses = try [images, evaluation].map { try Self.error($0, inference) }
        return Result(analysis: analysis, losses: EpochRecord(epoch: 1, trainLoss: losses[0], evalLoss: losses[1], seconds: seconds))
    }

    private static func error(_ images: ImageSet, _ inference: Inference) throws -> Double {
        var error = ReconstructionError()
        try ReconstructionRecord.forEachChunk(ImageStream(images), inference, sampling: nil) { error.add($0, $1) }
        return error.mean
    }
}

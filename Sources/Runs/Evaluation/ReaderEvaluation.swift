import Images
import ModelFiles
import Networks

/// What the reader makes of a network's reconstructions, as aescore and aereconstruct measure it.
public struct ReaderEvaluation: Sendable {
    public let accuracy: Double, sampledAccuracy: Double?, meanSquaredError: Double

    /// - Parameter images: the test images, with labels that the reader knows.
    public init(_ network: Network, reader: Network, images: PreparedImages, threads: Int) throws {
        let inference = Inference(network, threads: threads), reader = Inference(reader, threads: threads)
        var error = ReconstructionError()
        func accuracy(_ sampling: Sampling?) throws -> Double {
            var score = Score(name: network.description.architecture, classes: reader.network.description.outputCount)
            try ReconstructionRecord.forEachChunk(ImageStream(images), inference, sampling: sampling) { set, values in
                score.add(.floats(values, count: set.count), labels: set.labels ?? [], reader: reader)
                if sampling == nil { error.add(set, values) }
            }
            return score.accuracy
        }
        self.accuracy = try accuracy(nil)
        sampledAccuracy = network.description.isVariational ? try accuracy(Sampling(seed: 0)) : nil
        meanSquaredError = error.mean
    }

    /// The reader's accuracy on the images themselves. Throws what reading in place throws.
    public static func accuracy(of reader: Network, on images: PreparedImages, threads: Int) throws -> Double {
        var score = Score(name: "originals", classes: reader.description.outputCount)
        let stream = ImageStream(images), inference = Inference(reader, threads: threads)
        while let set = try stream.next(Inference.chunk(reader.description.inputCount)) {
            set.withPixels { score.add($0, labels: set.labels ?? [], reader: inference) }
        }
        return score.accuracy
    }
}

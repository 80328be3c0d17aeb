import Images
import ModelFiles
import Networks

/// What the reader makes of a network's reconstructions, as aescore and aereconstruct measure it.
public struct ReaderEvaluation: Sendable {
    public let accuracy: Double, sampledAccuracy: Double?, meanSquaredError: Double

    /// - Parameter images: the test images, with labels that the reader knows.
    public init(_ network: Network, reader: Network, images: ImageSet, threads: Int) throws {
        let inference = Inference(network, threads: threads), reader = Inference(reader, threads: threads)
        var error = ReconstructionError()
        func accuracy(_ sampling: Sampling?) throws -> Double {
            var score = Score(name: network.description.architecture, classes: reader.network.description.outputCount)
            try inference.reconstruct(ImageStream(images), sampling: sampling) { set, values in
                score.add(.floats(values, count: set.count), labels: set.labels ?? [], reader: reader)
                if sampling == nil { error.add(set, values) }
            }
            return score.confusion.accuracy
        }
        self.accuracy = try accuracy(nil)
        sampledAccuracy = network.description.isVariational ? try accuracy(Sampling(seed: 0)) : nil
        meanSquaredError = error.mean
    }

    /// The reader's accuracy on the images themselves.
    public static func accuracy(of reader: Network, on images: ImageSet, threads: Int) -> Double {
        var score = Score(name: "originals", classes: reader.description.outputCount)
        images.withPixels { score.add($0, labels: images.labels ?? [], reader: Inference(reader, threads: threads)) }
        return score.confusion.accuracy
    }
}

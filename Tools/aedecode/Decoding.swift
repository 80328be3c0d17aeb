import Models
import Plots
import ToolSupport

/// The images of latent vectors, computed when they are asked for.
struct Decoding {
    /// Images in all.
    let count: Int
    /// Pixels of a side of an image.
    let side: Int

    private let vectors: LatentVectors
    private let labels: Labels
    private let inference: Inference
    private let threads: Int

    init(_ network: Network, _ vectors: LatentVectors, _ labels: Labels) {
        (self.vectors, self.labels) = (vectors, labels)
        count = vectors.count * labels.perVector
        side = network.description.inputShape[1]
        // A thread for each batch, up to the processors there are: starting one takes longer than decoding a few images.
        threads = count <= Inference.batch ? 1 : min(Processors.count, (count - 1) / Inference.batch + 1)
        inference = Inference(network, threads: threads)
    }

    /// Gives the images to `body` in order, some at a time: the first one's index, and the levels [n][side][side].
    func forEachPart(_ colormap: Colormap, _ body: (_ first: Int, _ levels: [UInt8]) throws -> Void) throws {
        for first in stride(from: 0, to: count, by: threads * Inference.batch) {
            let images = first..<min(first + threads * Inference.batch, count)
            try body(first, decode(images).map(colormap.level))
        }
    }

    private func decode(_ images: Range<Int>) -> [Float] {
        let z = images.flatMap { vectors[$0 / labels.perVector] }, size = images.count * side * side
        return z.withUnsafeBufferPointer { z in
            [Float](unsafeUninitializedCapacity: size) { target, count in
                inference.decode(z, labels: labels.of(images), into: UnsafeMutableBufferPointer(rebasing: target[..<size]))
                count = size
            }
        }
    }
}

import Models
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

    /// Gives the images [n][side][side] to `body` in order, some at a time, with their indices and labels.
    func forEachPart(quiet: Bool, _ body: (_ indices: Range<Int>, _ images: [Float], _ labels: [UInt8]?) throws -> Void) throws {
        var bar = ProgressBar(total: count, quiet: quiet)
        defer { bar.finish() }
        for first in stride(from: 0, to: count, by: Inference.chunk) {
            let indices = first..<min(first + Inference.chunk, count), labels = labels.of(indices)
            try body(indices, decode(indices, labels), labels)
            bar.update(indices.upperBound, "\(indices.upperBound.grouped) of \(count.grouped)")
        }
    }

    private func decode(_ images: Range<Int>, _ labels: [UInt8]?) -> [Float] {
        let z = images.flatMap { vectors[$0 / self.labels.perVector] }, size = images.count * side * side
        return z.withUnsafeBufferPointer { z in
            [Float](unsafeUninitializedCapacity: size) { target, count in
                inference.decode(z, labels: labels, into: UnsafeMutableBufferPointer(rebasing: target[..<size]))
                count = size
            }
        }
    }
}

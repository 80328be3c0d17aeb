import Networks
import Platform
import Tensors
import Texts
import ToolSupport

/// The images of latent vectors, computed when they are asked for.
struct Decoding {
    /// Images in all.
    let count: Int
    /// The shape of an image.
    let shape: ImageShape

    /// The names of the classes that a conditional network knows.
    let classNames: [String]

    private let vectors: LatentVectors
    private let labels: Labels
    private let inference: Inference
    private let threads: Int

    init(_ network: Network, _ vectors: LatentVectors, _ labels: Labels) {
        (self.vectors, self.labels) = (vectors, labels)
        count = vectors.count * labels.perVector
        shape = network.description.inputShape
        classNames = (0..<network.description.classes).map(String.init)
        // A thread for each batch, up to the processors there are: starting one takes longer than decoding a few images.
        threads = count <= Inference.batch ? 1 : min(Processors.count, (count - 1) / Inference.batch + 1)
        inference = Inference(network, threads: threads, of: count)
    }

    /// Gives the images [n][channels][height][width] to `body` in order, some at a time, with their indices and labels.
    func forEachPart(quiet: Bool, _ body: (_ indices: Range<Int>, _ images: [Float], _ labels: [UInt16]?) throws -> Void) throws {
        let chunk = Inference.chunk(shape.count)
        var bar = ProgressBar(total: count, quiet: quiet)
        defer { bar.finish() }
        for first in stride(from: 0, to: count, by: chunk) {
            let indices = first..<min(first + chunk, count), labels = labels.of(indices)
            try body(indices, decode(indices, labels), labels)
            bar.update(indices.upperBound, "\(indices.upperBound.grouped) of \(count.grouped)")
        }
    }

    private func decode(_ images: Range<Int>, _ labels: [UInt16]?) -> [Float] {
        let z = images.flatMap { vectors[$0 / self.labels.perVector] }, size = images.count * shape.count
        return z.withUnsafeBufferPointer { z in
            [Float](unsafeUninitializedCapacity: size) { target, count in
                inference.decode(z, labels: labels, into: UnsafeMutableBufferPointer(rebasing: target[..<size]))
                count = size
            }
        }
    }
}

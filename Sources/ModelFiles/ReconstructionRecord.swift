import HDF5Files
import Images
import Models
import SystemFiles

/// /reconstructions/<split>: images float32 [N, 1, 32, 32] in [0, 1], and their labels [N].
public enum ReconstructionRecord {
    /// Images that are decoded before they are written: 16 MiB.
    static let chunk = 4096

    /// Reconstructs images chunk by chunk, in memory that does not grow with their number.
    /// - Parameter each: is given the images' range and their reconstructions [n][1024], for measures on the way.
    public static func write(_ images: ImageSet, _ inference: Inference, split: String, sampling: Sampling?, to root: Group,
                             each: (Range<Int>, UnsafeBufferPointer<Float>) -> Void = { _, _ in }) throws {
        let all = try root.contains("reconstructions") ? root.group("reconstructions") : root.add("reconstructions", .reconstructions)
        let group = try all.add(split, .reconstructions)
        let dataset = try group.createDataset("images", of: Float.self, shape: [images.count, 1, ImageSet.side, ImageSet.side])
        try dataset.mark(.array)
        var digest = SHA256()
        try forEachChunk(images, inference, sampling: sampling) { range, values in
            try dataset.write(rows: range, from: values)
            digest.update(UnsafeRawBufferPointer(values))
            each(range, values)
        }
        try dataset.setAttribute(Schema.digest, to: digest.finalize())
        if let labels = images.labels { try group.add(labels, as: "label") }
    }

    /// The reconstructions of all images, chunk by chunk.
    public static func forEachChunk(_ images: ImageSet, _ inference: Inference, sampling: Sampling?,
                                    body: (Range<Int>, UnsafeBufferPointer<Float>) throws -> Void) throws {
        let size = inference.network.description.outputCount
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(chunk, images.count) * size)
        defer { buffer.deallocate() }
        for first in stride(from: 0, to: images.count, by: chunk) {
            let range = first..<min(first + chunk, images.count), target = UnsafeMutableBufferPointer(rebasing: buffer[..<(range.count * size)])
            images.withPixels(range) { pixels in
                inference.run(pixels, labels: images.labels.map { Array($0[range]) },
                              sampling: sampling.map { Sampling(seed: $0.seed, first: $0.first + first) }, into: target)
            }
            try body(range, UnsafeBufferPointer(target))
        }
    }
}

extension ImageSet {
    /// Some of the images, as a network takes them.
    public func withPixels<Result>(_ range: Range<Int>, _ body: (Pixels) throws -> Result) rethrows -> Result {
        try pixels.withUnsafeBufferPointer { pixels in
            let bytes = pixels[range.lowerBound * Self.pixelsPerImage..<range.upperBound * Self.pixelsPerImage]
            return try body(.bytes(UnsafeBufferPointer(rebasing: bytes), count: range.count))
        }
    }
}

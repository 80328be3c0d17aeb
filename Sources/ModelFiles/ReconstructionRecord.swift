import HDF5Files
import Images
import Models

/// /reconstructions/<split>: images float32 [N, 1, 32, 32], and their labels [N]. Values are in [0, 1], but for those of a decoder that ends in a
/// linear layer, which are kept as they are: a reader sees what the network made.
public enum ReconstructionRecord {
    private static let imageShape = [ImageSet.channels, ImageSet.side, ImageSet.side]

    /// Reconstructs images chunk by chunk, in memory that does not grow with their number.
    /// - Parameters:
    ///   - sampling: the noise of sampled latents; nil for z = mu.
    ///   - each: is given every chunk and its reconstructions [n][1024], for measures on the way.
    public static func write(_ images: ImageStream, _ inference: Inference, split: Split, sampling: Sampling? = nil, to root: Group,
                             each: (ImageSet, UnsafeBufferPointer<Float>) throws -> Void = { _, _ in }) throws {
        try write(images.count, split: split.rawValue, to: root) { append in
            try forEachChunk(images, inference, sampling: sampling) { set, values in
                try append(values, set.labels)
                try each(set, values)
            }
        }
    }

    /// Writes `count` images under the name of a split, which `body` appends some at a time: images [n][1024] and, for all or none, labels [n].
    public static func write(_ count: Int, split: String, to root: Group,
                             body: (_ append: (UnsafeBufferPointer<Float>, [UInt8]?) throws -> Void) throws -> Void) throws {
        let all = try root.contains("reconstructions") ? root.group("reconstructions") : root.add("reconstructions", .reconstructions)
        let group = try all.add(split, .reconstructions)
        let rows = try group.addRows("images", of: Float.self, shape: [count] + imageShape)
        var labels: RowWriter<UInt8>?
        try body { images, known in
            let appended = images.count / ImageSet.pixelsPerImage
            try rows.append(appended, images)
            guard let known else { return }
            if labels == nil { labels = try group.addRows("label", of: UInt8.self, shape: [count]) }
            try labels?.append(appended, known)
        }
        try rows.finish()
        try labels?.finish()
    }

    /// The reconstructions of all images, chunk by chunk.
    public static func forEachChunk(_ images: ImageStream, _ inference: Inference, sampling: Sampling?,
                                    body: (ImageSet, UnsafeBufferPointer<Float>) throws -> Void) throws {
        let size = inference.network.description.outputCount
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(Inference.chunk, images.count) * size)
        defer { buffer.deallocate() }
        while true {
            let first = images.position
            guard let set = try images.next(Inference.chunk) else { return }
            let target = UnsafeMutableBufferPointer(rebasing: buffer[..<(set.count * size)])
            let noise = sampling.map { Sampling(seed: $0.seed, first: $0.first + first) }
            set.withPixels { inference.run($0, labels: set.labels, sampling: noise, into: target) }
            try body(set, UnsafeBufferPointer(target))
        }
    }

    /// The splits whose reconstructions a file holds. Throws `HDF5Error`.
    public static func splits(_ root: Group) throws -> [String] {
        try root.contains("reconstructions") ? root.group("reconstructions").names() : []
    }

    /// Reads the reconstructions of a split chunk by chunk: images [n][1024] and labels [n]. Throws `HDF5Error`.
    public static func read(_ root: Group, split: String, body: (UnsafeBufferPointer<Float>, [UInt8]) throws -> Void) throws {
        let group = try root.group("reconstructions/\(split)")
        let rows = try RowReader<Float>(group.dataset("images"), rowShape: imageShape)
        guard try group.contains("label") else { throw group.error("has no labels, which a score needs") }
        let labels: [UInt8] = try group.values("label", shape: [rows.count])
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(Inference.chunk, rows.count) * ImageSet.pixelsPerImage)
        defer { buffer.deallocate() }
        for first in stride(from: 0, to: rows.count, by: Inference.chunk) {
            let range = first..<min(first + Inference.chunk, rows.count)
            let target = UnsafeMutableBufferPointer(rebasing: buffer[..<(range.count * ImageSet.pixelsPerImage)])
            try rows.read(range.count, into: target)
            try body(UnsafeBufferPointer(target), Array(labels[range]))
        }
    }
}

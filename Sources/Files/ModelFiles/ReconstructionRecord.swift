import HDF5Library
import HDF5Reader
import Images
import Networks
import Tensors

/// /reconstructions/<split>: images float32 [N, C, H, W], and their labels [N]. Values are in [0, 1], but for those of a decoder that ends in a
/// linear layer, which are kept as they are: a reader sees what the network made.
public enum ReconstructionRecord {
    /// Takes images [n][channels][height][width] and, for all or none, their labels [n] with the names of all classes.
    public typealias Append = (_ images: UnsafeBufferPointer<Float>, _ labels: [UInt16]?, _ classNames: [String]) throws -> Void

    /// Reconstructs images chunk by chunk, in memory that does not grow with their number.
    /// - Parameters:
    ///   - sampling: the noise of sampled latents; nil for z = mu.
    ///   - each: is given every chunk and its reconstructions [n][channels][height][width], for measures on the way.
    public static func write(_ images: ImageStream, _ inference: Inference, split: Split, sampling: Sampling? = nil, to root: Group,
                             each: (ImageSet, UnsafeBufferPointer<Float>) throws -> Void = { _, _ in }) throws {
        try write(images.count, inference.network.description.inputShape, split: split.rawValue, to: root) { append in
            try forEachChunk(images, inference, sampling: sampling) { set, values in
                try append(values, set.labels, set.classNames)
                try each(set, values)
            }
        }
    }

    /// Writes `count` images of one shape under the name of a split, which `body` appends some at a time.
    public static func write(_ count: Int, _ shape: ImageShape, split: String, to root: Group, body: (_ append: Append) throws -> Void) throws {
        let all = try root.contains("reconstructions") ? root.group("reconstructions") : root.add("reconstructions", .reconstructions)
        let group = try all.add(split, .reconstructions)
        let rows = try group.addRows("images", of: Float.self, shape: [count] + shape.axes)
        var labels: LabelRecord.Writer?
        try body { images, known, classNames in
            try rows.append(images.count / shape.count, images)
            guard let known else { return }
            if labels == nil { labels = try LabelRecord.Writer(group, count: count, classNames: classNames) }
            try labels?.append(known)
        }
        try rows.finish()
        try labels?.finish()
    }

    /// The reconstructions of all images, chunk by chunk.
    public static func forEachChunk(_ images: ImageStream, _ inference: Inference, sampling: Sampling?,
                                    body: (ImageSet, UnsafeBufferPointer<Float>) throws -> Void) throws {
        let size = inference.network.description.outputCount, chunk = Inference.chunk(size)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(chunk, images.count) * size)
        defer { buffer.deallocate() }
        while true {
            let first = images.position
            guard let set = try images.next(chunk) else { return }
            let target = UnsafeMutableBufferPointer(rebasing: buffer[..<(set.count * size)])
            let noise = sampling.map { Sampling(seed: $0.seed, first: $0.first + first) }
            set.withPixels { inference.run($0, labels: set.labels, sampling: noise, into: target) }
            try body(set, UnsafeBufferPointer(target))
        }
    }

    /// The splits whose reconstructions a file holds. Throws `HDF5Error`.
    public static func splits(_ root: StoredGroup) throws -> [String] {
        try root.contains("reconstructions") ? root.group("reconstructions").names() : []
    }

    /// Reads the reconstructions of a split, images of `shape`, chunk by chunk: images [n][channels][height][width] and labels [n]. Throws `HDF5Error`.
    public static func read(_ root: StoredGroup, split: String, shape: ImageShape, body: (UnsafeBufferPointer<Float>, [UInt16]) throws -> Void) throws {
        let group = try root.group("reconstructions/\(split)")
        let rows = try RowReader<Float>(group.dataset("images"), rowShape: shape.axes)
        guard let labels = try LabelRecord.read(group, count: rows.count) else { throw group.error("has no labels, which a score needs") }
        let chunk = Inference.chunk(shape.count)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(chunk, rows.count) * shape.count)
        defer { buffer.deallocate() }
        for first in stride(from: 0, to: rows.count, by: chunk) {
            let range = first..<min(first + chunk, rows.count)
            let target = UnsafeMutableBufferPointer(rebasing: buffer[..<(range.count * shape.count)])
            try rows.read(range.count, into: target)
            try body(UnsafeBufferPointer(target), Array(labels[range]))
        }
    }
}

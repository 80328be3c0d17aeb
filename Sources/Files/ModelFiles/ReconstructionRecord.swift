import HDF5Library
import HDF5Reader
import Networks
import Tensors

/// /reconstructions/<split>: images float32 [N, C, H, W], and their labels [N]. Values are in [0, 1], but for those of a decoder that ends in a
/// linear layer, which are kept as they are: a reader sees what the network made.
public enum ReconstructionRecord {
    /// Takes images [n][channels][height][width] and, for all or none, their labels [n] with the names of all classes.
    public typealias Append = (_ images: UnsafeBufferPointer<Float>, _ labels: [UInt16]?, _ classNames: [String]) throws -> Void

    /// Writes `count` images of one shape under the name of a split, which `body` appends some at a time.
    public static func write(_ count: Int, _ shape: ImageShape, split: String, to root: Group, body: (_ append: Append) throws -> Void) throws {
        let all = try root.contains("reconstructions") ? root.group("reconstructions") : root.add("reconstructions", .reconstructions)
        let group = try all.add(split, .reconstructions)
        let rows = try group.addRows("images", of: Float.self, shape: [count] + shape.axes)
        let labels = LabelRecord.Writer(group, count: count)
        try body { images, known, classNames in
            try rows.append(images.count / shape.count, images)
            try labels.append(known, classNames)
        }
        try rows.finish()
        try labels.finish()
    }

    /// The splits whose reconstructions a file holds. Throws `HDF5Error`.
    public static func splits(_ root: StoredGroup) throws -> [String] {
        try root.contains("reconstructions") ? root.group("reconstructions").names() : []
    }

    /// Reads the reconstructions of a split, images of `shape`, chunk by chunk: images [n][channels][height][width] and labels [n]. Throws `HDF5Error`.
    public static func read(_ root: StoredGroup, split: String, shape: ImageShape, body: (UnsafeBufferPointer<Float>, [UInt16]) throws -> Void) throws {
        let group = try root.group("reconstructions/\(split)")
        let rows = try RowReader<Float>(group.dataset("images"), rowShape: shape.axes)
        guard let labels = try LabelRecord.read(group, count: rows.count) else { throw group.error("has no labels, which the reader needs") }
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

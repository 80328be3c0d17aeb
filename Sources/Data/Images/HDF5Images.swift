import HDF5Foreign
import HDF5Types

/// An HDF5 file of images, as h5py writes them, or aereconstruct.
///
/// The images of a split are the dataset `/reconstructions/<split>/images` or `/<split>/images`; without those, `/images` is in both splits. Each has
/// the shape [N, 1, 32, 32], [N, 32, 32, 1], [N, 32, 32] or [N, 1024], or 28 in place of 32; it holds uint8 0...255, or floats in [0, 1], which become
/// the nearest of the 256 levels; what a linear decoder makes a little less than black or more than white counts as that. A dataset `label` or `labels` beside it, integers [N] of 0...255, tells the classes. Any layout will do, compressed or not.
public struct HDF5Images: DataSource {
    /// What the names of such files end in.
    static let endings = [".h5", ".hdf5", ".hdf"]

    public let path: String
    public var description: String { path }

    public init(_ path: String) {
        self.path = path
    }

    public func load(_ split: Split, limit: Int?) throws -> ImageSet {
        let stream = try stream(split, limit: limit)
        guard let images = try stream.next(stream.count) else { preconditionFailure("a stream without images") }
        return images
    }

    public func stream(_ split: Split, limit: Int?) throws -> ImageStream {
        let (dataset, labels) = try Self.datasets(of: split, in: ForeignFile(reading: path))
        let side = try Self.side(dataset), isFloat = try Self.isFloat(dataset), classes = try labels.map { try Self.labels($0, count: dataset.shape[0]) }
        let classNames = classes.map { ImageSet.numberedNames(upTo: $0.max(), least: 10) } ?? []
        return ImageStream(count: min(limit ?? dataset.shape[0], dataset.shape[0])) { range in
            var pixels: [UInt8] = []
            pixels.reserveCapacity(range.count * Enlarging.shape.count)
            for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.block) {
                let rows = first..<min(first + Self.block, range.upperBound)
                let levels = isFloat ? try Self.levels(dataset, rows, side) : try dataset.read(rows: rows)
                pixels += side == Enlarging.to ? levels : Enlarging.apply(images: levels)
            }
            return ImageSet(Enlarging.shape, .bytes(pixels), labels: classes.map { Array($0[range]) }, classNames: classNames)
        }
    }

    /// Images that are read at a time: 4 MiB of floats, however many are asked for.
    private static let block = 1024

    /// A split's images, and the labels beside them, if there are any.
    private static func datasets(of split: Split, in file: ForeignFile) throws -> (images: ForeignDataset, labels: ForeignDataset?) {
        for folder in ["reconstructions/\(split)/", "\(split)/", ""] {
            guard let images = try file.dataset(folder + "images") else { continue }
            return try (images, file.dataset(folder + "label") ?? file.dataset(folder + "labels"))
        }
        throw file.error("holds no images of the \(split) split: no dataset images, \(split)/images or reconstructions/\(split)/images")
    }

    /// 28 or 32. Throws `HDF5Error` for other shapes, and for no images.
    private static func side(_ dataset: ForeignDataset) throws -> Int {
        let shape = Array(dataset.shape.dropFirst())
        guard let side = [Enlarging.from, Enlarging.to].first(where: { [[1, $0, $0], [$0, $0, 1], [$0, $0], [$0 * $0]].contains(shape) }) else {
            throw dataset.error("has shape \(dataset.shape); [N, 1, 32, 32], [N, 32, 32] and [N, 1024] are read, and the same of 28")
        }
        guard dataset.count > 0 else { throw dataset.error("holds no images") }
        return side
    }

    private static func isFloat(_ dataset: ForeignDataset) throws -> Bool {
        guard dataset.isFloat || dataset.typeName == "uint8" else { throw dataset.error("is \(dataset.typeName); uint8 (0 to 255) and floats (0 to 1) are read") }
        return dataset.isFloat
    }

    /// The labels of images, [count].
    private static func labels(_ dataset: ForeignDataset, count: Int) throws -> [UInt16] {
        guard dataset.shape == [count] else { throw dataset.error("has shape \(dataset.shape), not [\(count)], one label an image") }
        func narrowed<Value: HDF5Element & BinaryInteger>(_ values: [Value]) throws -> [UInt16] {
            try values.map { value in
                guard let label = UInt16(exactly: value) else { throw dataset.error("holds \(value), where labels are 0 to 65535") }
                return label
            }
        }
        return dataset.typeName == "uint64" ? try narrowed(dataset.read(rows: 0..<count, as: UInt64.self)) : try narrowed(dataset.read(rows: 0..<count, as: Int64.self))
    }

    /// The floats that are taken for brightness: pixels of 0 to 255 are not.
    private static let plausible: ClosedRange<Float> = -1...2

    /// Some rows of floats as levels.
    private static func levels(_ dataset: ForeignDataset, _ rows: Range<Int>, _ side: Int) throws -> [UInt8] {
        let floats = try dataset.read(rows: rows, as: Float.self)
        // NaN is in no range.
        if let place = floats.firstIndex(where: { !plausible.contains($0) }) {
            throw dataset.error("holds \(floats[place]) in image \(rows.lowerBound + place / (side * side)), where floats are 0 to 1")
        }
        return floats.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
    }
}

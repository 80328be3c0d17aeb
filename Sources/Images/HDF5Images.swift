import HDF5Files

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
        let group = try Self.group(of: split, in: File(reading: path).root), dataset = try group.dataset("images")
        let side = try Self.side(dataset), isFloat = try Self.isFloat(dataset), labels = try Self.labels(in: group, count: dataset.shape[0])
        let classNames = labels.map { ImageSet.digitNames(upTo: $0.max()) } ?? []
        return ImageStream(count: min(limit ?? dataset.shape[0], dataset.shape[0])) { range in
            var pixels: [UInt8] = []
            pixels.reserveCapacity(range.count * ImageSet.pixelsPerImage)
            for first in stride(from: range.lowerBound, to: range.upperBound, by: Self.block) {
                let rows = first..<min(first + Self.block, range.upperBound)
                let levels = isFloat ? try Self.levels(dataset, rows, side) : try Self.values(dataset, rows, side)
                pixels += side == ImageSet.side ? levels : Enlarging.apply(images: levels)
            }
            return ImageSet(pixels: pixels, labels: labels.map { Array($0[range]) }, classNames: classNames)
        }
    }

    /// Images that are read at a time: 4 MiB of floats, however many are asked for.
    private static let block = 1024

    /// The group that holds a split's images.
    private static func group(of split: Split, in root: Group) throws -> Group {
        for path in ["reconstructions/\(split)", "\(split)"] where try root.contains("\(path)/images") { return try root.group(path) }
        guard try root.contains("images") else {
            throw root.error("holds no images of the \(split) split: no dataset images, \(split)/images or reconstructions/\(split)/images")
        }
        return root
    }

    /// 28 or 32. Throws `HDF5Error` for other shapes, and for no images.
    private static func side(_ dataset: Dataset) throws -> Int {
        let shape = Array(dataset.shape.dropFirst())
        guard let side = [Enlarging.from, ImageSet.side].first(where: { [[1, $0, $0], [$0, $0, 1], [$0, $0], [$0 * $0]].contains(shape) }) else {
            throw dataset.error("has shape \(dataset.shape); [N, 1, 32, 32], [N, 32, 32] and [N, 1024] are read, and the same of 28")
        }
        guard dataset.count > 0 else { throw dataset.error("holds no images") }
        return side
    }

    private static func isFloat(_ dataset: Dataset) throws -> Bool {
        switch dataset.elementType {
        case .uint8: return false
        case .float32, .float64, .otherFloat: return true
        default: throw dataset.error("is \(dataset.elementType); uint8 (0 to 255) and floats (0 to 1) are read")
        }
    }

    /// The labels beside images, [count]; nil for none.
    private static func labels(in group: Group, count: Int) throws -> [UInt8]? {
        guard let name = try ["label", "labels"].first(where: { try group.contains($0) }) else { return nil }
        let dataset = try group.dataset(name)
        guard dataset.shape == [count] else { throw dataset.error("has shape \(dataset.shape), not [\(count)], one label an image") }
        func narrowed<Value: HDF5Element & BinaryInteger>(_ values: [Value]) throws -> [UInt8] {
            try values.map { value in
                guard let label = UInt8(exactly: value) else { throw dataset.error("holds \(value), where labels are 0 to 255") }
                return label
            }
        }
        return dataset.elementType == .uint64 ? try narrowed(dataset.read(as: UInt64.self)) : try narrowed(dataset.read(as: Int64.self))
    }

    /// Some rows as they are stored.
    private static func values<Element: HDF5Element>(_ dataset: Dataset, _ rows: Range<Int>, _ side: Int) throws -> [Element] {
        let count = rows.count * side * side
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            try dataset.read(rows: rows, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }

    /// The floats that are taken for brightness: pixels of 0 to 255 are not.
    private static let plausible: ClosedRange<Float> = -1...2

    /// Some rows of floats as levels.
    private static func levels(_ dataset: Dataset, _ rows: Range<Int>, _ side: Int) throws -> [UInt8] {
        let floats: [Float] = try values(dataset, rows, side)
        // NaN is in no range.
        if let place = floats.firstIndex(where: { !plausible.contains($0) }) {
            throw dataset.error("holds \(floats[place]) in image \(rows.lowerBound + place / (side * side)), where floats are 0 to 1")
        }
        return floats.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
    }
}

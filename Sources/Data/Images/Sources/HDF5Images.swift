import HDF5Foreign
import HDF5Types
import Tensors

/// An HDF5 file of images, as h5py writes them, or aereconstruct.
///
/// The images of a split are the dataset `/reconstructions/<split>/images` or `/<split>/images`; without those, `/images` is in both splits. Each has the shape
/// [N, C, H, W], [N, H, W, C] or [N, H, W], with one channel or three, or [N, 784] or [N, 1024], digits in rows; it holds uint8 0...255, or floats in [0, 1]. Of
/// reconstructions, what a linear decoder makes a little less than black or more than white counts as that. A dataset `label` or `labels` beside it, integers [N] of
/// 0...65535, tells the classes, and `class_names` there or at the root what they are called. Any layout will do, compressed or not.
public struct HDF5Images: DataSource {
    /// What the names of such files end in.
    static let endings = [".h5", ".hdf5", ".hdf"]
    /// The most classes, and the most bytes of their names.
    private static let mostClasses = 1 << 16, longestNames = 1 << 24

    public let path: String
    public let notices = Notices()
    public var description: String { path }
    private let file = Once<Int, ForeignFile>(), splits = Once<Split, OpenSplit>(), labels = Once<String, [UInt16]>(), names = Once<Int, [String]>()

    public init(_ path: String) { self.path = path }

    private func foreign() throws -> ForeignFile { try file.value(0) { try ForeignFile(reading: path) } }

    public func open(_ split: Split) throws -> OpenSplit {
        try splits.value(split) {
            let file = try foreign()
            guard let found = try Self.find(split, in: file) else {
                throw file.error("holds no images of the \(split) split: no dataset images, \(split)/images or reconstructions/\(split)/images")
            }
            let images = found.images, axes: ImageAxes
            do { axes = try ImageAxes(images.shape) } catch let error as ImageAxesError { throw images.error(error.problem) }
            guard images.isFloat || images.typeName == "uint8" else { throw images.error("is \(images.typeName); uint8 (0 to 255) and floats (0 to 1) are read") }
            let labels = try found.labels.map { dataset in
                guard dataset.shape == [axes.count] else { throw dataset.error("has shape \(dataset.shape), not [\(axes.count)], one label an image") }
                return try self.labels(dataset)
            }
            return OpenSplit(try Self.storage(images, axes, found.folder.hasPrefix("reconstructions/") ? .made : .unit), labels: labels)
        }
    }

    /// Where numbers lie as they are, they are read from there; else libhdf5 unpacks or turns them.
    private static func storage(_ dataset: ForeignDataset, _ axes: ImageAxes, _ rule: FloatRule) throws -> any ImageStorage {
        let plain: [String: ArrayNumber] = ["uint8": .uint8, "float32": .float32, "float64": .float(byteCount: 8, isBigEndian: false)]
        guard let offset = dataset.fileOffset, let number = plain[dataset.typeName] else { return ChunkedStorage(dataset, axes, rule) }
        let size = try Int(dataset.file.descriptor.status().st_size)
        guard offset >= 0, offset <= size, dataset.byteCount <= size - offset else { throw dataset.error("lies beyond the end of the file") }
        return ArrayStorage(dataset.file.descriptor, offset: offset, axes, number, rule, error: dataset.error)
    }

    // MARK: Labels

    private struct Found {
        let folder: String, images: ForeignDataset, labels: ForeignDataset?
    }

    /// A split's images, and the labels beside them, if there are any; nil for no such split.
    private static func find(_ split: Split, in file: ForeignFile) throws -> Found? {
        for folder in ["reconstructions/\(split)/", "\(split)/", ""] {
            guard let images = try file.dataset(folder + "images") else { continue }
            return Found(folder: folder, images: images, labels: try file.dataset(folder + "label") ?? file.dataset(folder + "labels"))
        }
        return nil
    }

    public func classNames() throws -> [String] {
        try names.value(0) {
            let file = try foreign()
            var highest: UInt16?, given: (names: [String], dataset: ForeignDataset)?
            for split in Split.allCases {
                guard let found = try Self.find(split, in: file), let labels = found.labels else { continue }
                highest = try max(highest ?? 0, self.labels(labels).max() ?? 0)
                guard let dataset = try file.dataset(found.folder + "class_names") ?? file.dataset("class_names") else { continue }
                let names = try Self.names(dataset, ends: file.dataset(dataset.path.dropLast("class_names".count) + "class_ends"))
                guard given == nil || given?.names == names else { throw dataset.error("differs from /\(given?.dataset.path ?? ""): classes have one name in all splits") }
                given = (names, dataset)
                if let label = highest, Int(label) >= names.count { throw labels.error("holds \(label), but there are \(names.count) class_names") }
            }
            return given?.names ?? highest.map { ImageSet.numberedNames(upTo: $0) } ?? []
        }
    }

    /// Names as text, or in aekit's other form, as bytes and where each ends.
    private static func names(_ dataset: ForeignDataset, ends: ForeignDataset?) throws -> [String] {
        guard dataset.shape.count == 1, dataset.byteCount <= longestNames else { throw dataset.error("has shape \(dataset.shape) of \(dataset.typeName), not a name a class") }
        let names: [String]
        if dataset.typeName == "uint8", let ends {
            guard ends.shape.count == 1, ends.count <= mostClasses else { throw ends.error("has shape \(ends.shape), not a number a class") }
            let bytes = try dataset.read(rows: 0..<dataset.count, as: UInt8.self)
            var start = 0
            names = try ends.read(rows: 0..<ends.count, as: Int64.self).map { end in
                guard let end = Int(exactly: end), start <= end, end <= bytes.count, let name = String(validating: bytes[start..<end], as: UTF8.self) else {
                    throw ends.error("does not part class_names into texts")
                }
                start = end
                return name
            }
        } else {
            guard dataset.count <= mostClasses else { throw dataset.error("has \(dataset.count) names, more than the \(mostClasses) that are read") }
            names = try dataset.texts()
        }
        guard !names.isEmpty, names.count <= mostClasses else { throw dataset.error("has \(names.count) names, not 1 to \(mostClasses)") }
        return names
    }

    /// A dataset of labels, [N].
    private func labels(_ dataset: ForeignDataset) throws -> [UInt16] {
        guard dataset.shape.count == 1 else { throw dataset.error("has shape \(dataset.shape), not [N], one label an image") }
        func narrowed<Value: HDF5Element & BinaryInteger>(_ values: [Value]) throws -> [UInt16] {
            try values.map { value in
                guard let label = UInt16(exactly: value) else { throw dataset.error("holds \(value), where labels are 0 to 65535") }
                return label
            }
        }
        return try labels.value(dataset.path) {
            let rows = 0..<dataset.count
            return dataset.typeName == "uint64" ? try narrowed(dataset.read(rows: rows, as: UInt64.self)) : try narrowed(dataset.read(rows: rows, as: Int64.self))
        }
    }
}

/// Images that libhdf5 gives row by row: those in chunks, packed or not, and numbers of another byte order.
private struct ChunkedStorage: ImageStorage {
    private let dataset: ForeignDataset, axes: ImageAxes, rule: FloatRule

    /// Numbers that are asked for at a time, unless an image has more.
    private static let block = 1 << 20

    init(_ dataset: ForeignDataset, _ axes: ImageAxes, _ rule: FloatRule) { (self.dataset, self.axes, self.rule) = (dataset, axes, rule) }

    var count: Int { axes.count }
    var isFloat: Bool { dataset.isFloat }
    var access: StorageAccess { .sequential }
    func extent() -> ImageExtent { ImageExtent(axes.shape) }

    func forEach(_ range: Range<Int>, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        let images = max(1, Self.block / axes.shape.count)
        for first in stride(from: range.lowerBound, to: range.upperBound, by: images) {
            let rows = first..<min(first + images, range.upperBound)
            guard isFloat else {
                try give(dataset.read(rows: rows, as: UInt8.self)) { try body(axes.shape, .bytes($0)) }
                continue
            }
            var floats = try dataset.read(rows: rows, as: Float.self)
            guard floats.withUnsafeMutableBufferPointer({ rule.admit($0) }) else {
                throw try dataset.error(FloatRule.problem(ChunkedStorage(dataset, axes, .unlimited)))
            }
            try give(floats) { try body(axes.shape, .floats($0)) }
        }
    }

    private func give<Number>(_ numbers: [Number], _ body: (UnsafePointer<Number>) throws -> Void) throws {
        try withUnsafeTemporaryAllocation(of: Number.self, capacity: axes.shape.count) { planes in
            try numbers.withUnsafeBufferPointer { numbers in
                for image in 0..<numbers.count / axes.shape.count {
                    axes.arrange(numbers.baseAddress! + image * axes.shape.count, planes.baseAddress!)
                    try body(planes.baseAddress!)
                }
            }
        }
    }
}

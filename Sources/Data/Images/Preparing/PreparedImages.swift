import SystemFiles
import Tensors

/// A split's images as a network sees them, of one shape, and where they have them their labels: in memory, or read in place where there are too many.
public struct PreparedImages: Sendable {
    /// [count][channels][height][width].
    public enum Values: Sendable {
        case memory(ImageSet.Values)
        case stored(StoredImages)
    }

    public let shape: ImageShape
    public let count: Int
    public let values: Values
    /// [count], indices into `classNames`; nil where the data have none.
    public let labels: [UInt16]?
    /// What the labels stand for; empty where there are none.
    public let classNames: [String]
    /// The shape that all images had before they were prepared; nil where they differed.
    public let givenShape: ImageShape?

    /// Images, and the shape that they had before they were prepared.
    struct Kept {
        let shape: ImageShape, values: Values, givenShape: ImageShape?

        init(shape: ImageShape, values: ImageSet.Values, givenShape: ImageShape?) { (self.shape, self.values, self.givenShape) = (shape, .memory(values), givenShape) }
        init(shape: ImageShape, values: StoredImages, givenShape: ImageShape?) { (self.shape, self.values, self.givenShape) = (shape, .stored(values), givenShape) }
    }

    init(_ kept: Kept, labels: [UInt16]?, classNames: [String]) {
        (shape, values, givenShape, self.labels, self.classNames) = (kept.shape, kept.values, kept.givenShape, labels, classNames)
        switch values {
        case .memory(let values): count = values.count / shape.count
        case .stored(let images): count = images.count
        }
        precondition(labels.map { $0.count == count } ?? true, "one label an image")
    }

    /// Images that are in memory as they are.
    public init(_ set: ImageSet) {
        self.init(Kept(shape: set.shape, values: set.values, givenShape: set.shape), labels: set.labels, classNames: set.classNames)
    }

    /// Whether the numbers are floats, else bytes.
    public var isFloat: Bool {
        switch values {
        case .memory(.floats): true
        case .memory(.bytes): false
        case .stored(let images): images.isFloat
        }
    }

    /// Some of the images in memory. Throws what reading in place throws.
    public subscript(range: Range<Int>) -> ImageSet {
        get throws {
            let part = switch values {
            case .memory(let values): values[range.lowerBound * shape.count..<range.upperBound * shape.count]
            case .stored(let images): try images.values(range)
            }
            return ImageSet(shape, part, labels: labels.map { Array($0[range]) }, classNames: classNames)
        }
    }

    /// Gives all numbers, in order and some at a time: those in memory at once. Throws what reading in place and `body` throw.
    public func forEachPart(_ body: (ImageSet.Values) throws -> Void) throws {
        guard case .stored(let images) = values else {
            if case .memory(let values) = values { try body(values) }
            return
        }
        for first in stride(from: 0, to: count, by: part) { try body(images.values(first..<min(first + part, count))) }
    }

    /// Images of 16 MiB of floats.
    private var part: Int { max(1, (4 << 20) / shape.count) }

    /// Whether the shorter of the two is how the longer one begins. Throws what reading in place throws.
    public func begins(like other: PreparedImages) throws -> Bool {
        guard shape == other.shape, isFloat == other.isFloat else { return false }
        if case .memory(let a) = values, case .memory(let b) = other.values { return a.begins(like: b) }
        let shared = min(count, other.count)
        for first in stride(from: 0, to: shared, by: part) {
            let range = first..<min(first + part, shared)
            guard try self[range].values == other[range].values else { return false }
        }
        return true
    }

    /// The SHA-256 of the numbers and labels of some splits, in order: what a file says of the data that made it. Throws what reading in place throws.
    ///
    /// Numbers are bytes [N, C, H, W] as prepared, or little-endian float32 where the data are floats; labels are a byte each where there are at most 256 classes,
    /// else two.
    public static func digest(_ splits: [PreparedImages]) throws -> [UInt8] {
        var digest = SHA256()
        for images in splits {
            try images.forEachPart { values in
                switch values {
                case .bytes(let bytes): digest.update(bytes)
                case .floats(let floats): floats.withUnsafeBytes { digest.update($0) }
                }
            }
            let labels = images.labels ?? []
            if images.classNames.count <= 256 { digest.update(labels.map { UInt8($0) }) } else { labels.withUnsafeBytes { digest.update($0) } }
        }
        return digest.finalize()
    }
}

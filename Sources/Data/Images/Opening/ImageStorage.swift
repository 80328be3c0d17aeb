import Tensors

/// What all images of a split have in common.
public struct ImageExtent: Sendable, Equatable {
    /// Nil where they differ.
    public let size: ImageSize?
    /// 3 where any of them has colour.
    public let channels: Int

    public init(size: ImageSize?, channels: Int) { (self.size, self.channels) = (size, channels) }
    init(_ shape: ImageShape) { self.init(size: ImageSize(height: shape.height, width: shape.width), channels: shape.channels) }
}

/// One image's numbers [channels][height][width]: bytes 0...255, or floats in [0, 1].
enum ImageNumbers {
    case bytes(UnsafePointer<UInt8>)
    case floats(UnsafePointer<Float>)
}

/// A split's images as a source holds them, read in any order and by several threads at once.
protocol ImageStorage: Sendable {
    var count: Int { get }
    /// Whether the numbers are floats, else bytes.
    var isFloat: Bool { get }
    /// What images are read most cheaply.
    var access: StorageAccess { get }

    /// What the images have in common, which may have to be looked for. Throws as reading does.
    func extent() throws -> ImageExtent

    /// Gives the images of a range, one after the other. Throws `ImageError`, `HDF5Error` or `SystemError`, and what `body` throws.
    func forEach(_ range: Range<Int>, _ body: (_ shape: ImageShape, _ numbers: ImageNumbers) throws -> Void) throws
}

enum StorageAccess {
    /// Any, by any number of threads.
    case any
    /// Any, by any number of threads, but each image takes work: it has to be decoded.
    case decoded
    /// One after the other: what lies between has to be unpacked too.
    case sequential
}

/// Images in memory, [count][channels][height][width].
struct MemoryStorage: ImageStorage {
    let shape: ImageShape
    let values: ImageSet.Values

    var count: Int { values.count / shape.count }
    var isFloat: Bool { if case .floats = values { true } else { false } }
    var access: StorageAccess { .any }

    func extent() -> ImageExtent { ImageExtent(shape) }

    func forEach(_ range: Range<Int>, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        switch values {
        case .bytes(let bytes): try bytes.withUnsafeBufferPointer { bytes in for image in range { try body(shape, .bytes(bytes.baseAddress! + image * shape.count)) } }
        case .floats(let floats): try floats.withUnsafeBufferPointer { floats in for image in range { try body(shape, .floats(floats.baseAddress! + image * shape.count)) } }
        }
    }
}

import Synchronization
import SystemFiles
import Tensors

/// A file of MNIST's format: two zero bytes, the type (0x08 for bytes), the number of dimensions, each dimension as a big-endian 32-bit integer, then the
/// bytes, the last dimension fastest. Packed with gzip or not, whatever the name.
public struct IDXFile: Sendable {
    /// The most bytes of content that a file may hold.
    public static let maximumSize = 1 << 40
    /// The most labels.
    public static let maximumLabels = 1 << 27

    /// Images or labels in the file.
    public let count: Int
    /// The dimensions: N, and an image's rows and columns.
    private let sizes: [Int]
    private let path: String
    private let file: Descriptor
    private let isPacked: Bool
    private let offset: Int

    /// Opens images, [N][rows][columns], at `path`. Throws `ImageError`.
    public init(images path: String) throws {
        try self.init(path, rank: 3, of: "images")
        guard ImageSize.given.contains(sizes[1]), ImageSize.given.contains(sizes[2]), sizes[1] * sizes[2] <= ImageSize.largestArea else {
            throw ImageError(path, "images of \(sizes[1]) x \(sizes[2]) pixels; sides are \(ImageSize.given.lowerBound) to \(ImageSize.given.upperBound)")
        }
    }

    /// Opens labels, [N], at `path`. Throws `ImageError`.
    public init(labels path: String) throws {
        try self.init(path, rank: 1, of: "labels")
        guard count <= Self.maximumLabels else { throw ImageError(path, "\(count) labels, more than the \(Self.maximumLabels) that are read") }
    }

    /// The images as they lie.
    var images: any ImageStorage {
        get throws {
            let shape = ImageShape(channels: 1, height: sizes[1], width: sizes[2])
            if isPacked { return try PackedStorage(path, file, offset: offset, count: count, shape) }
            return ArrayStorage(file, offset: offset, ImageAxes(count: count, shape: shape), .uint8, .unlimited, named: path)
        }
    }

    /// All labels, [N]. Throws `ImageError`.
    public func labels() throws -> [UInt16] {
        let content = try UnpackedBytes(file, path)
        try content.skip(offset)
        let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            try content.read(count, into: buffer.baseAddress!)
            initialized = count
        }
        try content.expectEnd()
        return bytes.map { UInt16($0) }
    }

    /// Reads the header: dimensions that the content can fill and whose product is within `maximumSize`.
    private init(_ path: String, rank: Int, of what: String) throws {
        self.path = path
        file = try Paths.open(path).file
        let content = try UnpackedBytes(file, path)
        var header = [UInt8](repeating: 0, count: 4 + 4 * rank)
        try content.read(4, into: &header)
        guard header[0] == 0, header[1] == 0 else { throw ImageError(path, "not an IDX file") }
        guard header[2] == 0x08 else { throw ImageError(path, "IDX type \(header[2]), where bytes (type 8) are read") }
        guard header[3] == rank else { throw ImageError(path, "IDX file of \(header[3]) dimensions; \(what) have \(rank)") }
        try header.withUnsafeMutableBufferPointer { try content.read(4 * rank, into: $0.baseAddress! + 4) }
        let sizes = (1...rank).map { header[4 * $0..<4 * $0 + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard sizes[0] > 0 else { throw ImageError(path, "the file holds no \(what)") }
        // Sizes are below 2^32 and what is multiplied at most 2^31, so that this cannot overflow.
        let total = sizes.reduce(1) { $0 > 1 << 31 ? Self.maximumSize + 1 : $0 * $1 }
        guard total <= Self.maximumSize else { throw ImageError(path, "more than \(Self.maximumSize) bytes of \(what)") }
        guard total <= content.bound else { throw ImageError(path, "the file ends too early: its header speaks of \(total) bytes") }
        guard content.isPacked || total == content.bound else { throw ImageError(path, "there are bytes after the data") }
        (count, self.sizes, isPacked, offset) = (sizes[0], sizes, content.isPacked, header.count)
    }
}

/// Images in a packed file, unpacked from its front: what is wanted again begins there anew.
private final class PackedStorage: ImageStorage {
    private struct Place {
        var content: UnpackedBytes, image = 0
    }

    let count: Int
    private let path: String, file: Descriptor, offset: Int, shape: ImageShape
    private let place: Mutex<Place>

    /// Images that are unpacked at a time: they stay in the processor's cache.
    private static let block = 1 << 17

    init(_ path: String, _ file: Descriptor, offset: Int, count: Int, _ shape: ImageShape) throws {
        (self.path, self.file, self.offset, self.count, self.shape) = (path, file, offset, count, shape)
        place = Mutex(Place(content: try Self.begin(path, file, offset)))
    }

    private static func begin(_ path: String, _ file: Descriptor, _ offset: Int) throws -> UnpackedBytes {
        let content = try UnpackedBytes(file, path)
        try content.skip(offset)
        return content
    }

    var isFloat: Bool { false }
    var access: StorageAccess { .sequential }
    func extent() -> ImageExtent { ImageExtent(shape) }

    func forEach(_ range: Range<Int>, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        let size = shape.count, images = max(1, min(Self.block / size, range.count))
        try place.withLock { place in
            if range.lowerBound < place.image { place = Place(content: try Self.begin(path, file, offset)) }
            try place.content.skip((range.lowerBound - place.image) * size)
            place.image = range.lowerBound
            try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: images * size) { buffer in
                for first in stride(from: range.lowerBound, to: range.upperBound, by: images) {
                    let taken = min(images, range.upperBound - first)
                    try place.content.read(taken * size, into: buffer.baseAddress!)
                    place.image += taken
                    if place.image == count { try place.content.expectEnd() }
                    for image in 0..<taken { try body(shape, .bytes(buffer.baseAddress! + image * size)) }
                }
            }
        }
    }
}

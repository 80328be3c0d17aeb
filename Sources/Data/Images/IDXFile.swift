/// Reads MNIST's files from the front: two zero bytes, the type (0x08 for bytes), the number of dimensions, each dimension as a big-endian 32-bit
/// integer, then the bytes, the last dimension fastest. Packed with gzip or not, whatever the name.
public final class IDXFile {
    /// The most bytes of content that a file may hold.
    public static let maximumSize = 1 << 31

    /// Images or labels in the file.
    public let count: Int
    private let path: String
    private let content: UnpackedBytes
    /// The dimensions: N, and an image's rows and columns.
    private let sizes: [Int]
    private var position = 0

    /// Opens images, [N][28][28] or [N][32][32], at `path`. Throws `ImageError`.
    public convenience init(images path: String) throws {
        try self.init(path, rank: 3, of: "images")
        guard sizes[1] == sizes[2], sizes[1] == Enlarging.from || sizes[1] == Enlarging.to else {
            throw ImageError(path, "images of \(sizes[1]) x \(sizes[2]) pixels; 28 x 28 or \(Enlarging.to) x \(Enlarging.to) are read")
        }
    }

    /// Opens labels, [N], at `path`. Throws `ImageError`.
    public convenience init(labels path: String) throws { try self.init(path, rank: 1, of: "labels") }

    /// The next `wanted` images, [wanted][32][32]: 28 x 28 are enlarged as Pillow does it. Throws `ImageError`, at the file's end too where bytes follow.
    public func images(_ wanted: Int) throws -> [UInt8] {
        try next(wanted, size: Enlarging.shape.count) { target in
            if sizes[1] == Enlarging.to { try content.read(wanted * Enlarging.shape.count, into: target) } else { try enlarge(wanted, into: target) }
        }
    }

    /// The next `wanted` labels. Throws `ImageError`.
    public func labels(_ wanted: Int) throws -> [UInt16] {
        try next(wanted, size: 1) { try content.read(wanted, into: $0) }.map { UInt16($0) }
    }

    private func next(_ wanted: Int, size: Int, _ fill: (UnsafeMutablePointer<UInt8>) throws -> Void) throws -> [UInt8] {
        precondition(position + wanted <= count, "\(wanted) after \(position) of \(count)")
        let bytes = try [UInt8](unsafeUninitializedCapacity: wanted * size) { buffer, initialized in
            if let target = buffer.baseAddress { try fill(target) }
            initialized = wanted * size
        }
        position += wanted
        if position == count { try content.expectEnd() }
        return bytes
    }

    /// Inflates and enlarges some images at a time, so that they stay in the processor's cache.
    private func enlarge(_ wanted: Int, into target: UnsafeMutablePointer<UInt8>) throws {
        let block = 128, size = Enlarging.from * Enlarging.from
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: block * size + 2 * Enlarging.margin) { buffer in
            buffer.initialize(repeating: 0)
            let small = buffer.baseAddress! + Enlarging.margin
            for start in stride(from: 0, to: wanted, by: block) {
                let images = min(block, wanted - start)
                try content.read(images * size, into: small)
                Enlarging.apply(small, count: images, to: target + start * Enlarging.shape.count)
            }
        }
    }

    /// Reads the header: dimensions that the content can fill and whose product is within `maximumSize`.
    private init(_ path: String, rank: Int, of what: String) throws {
        self.path = path
        content = try UnpackedBytes(path)
        var header = [UInt8](repeating: 0, count: 4 + 4 * rank)
        try content.read(4, into: &header)
        guard header[0] == 0, header[1] == 0 else { throw ImageError(path, "not an IDX file") }
        guard header[2] == 0x08 else { throw ImageError(path, "IDX type \(header[2]), where bytes (type 8) are read") }
        guard header[3] == rank else { throw ImageError(path, "IDX file of \(header[3]) dimensions; \(what) have \(rank)") }
        try header.withUnsafeMutableBufferPointer { [content] in try content.read(4 * rank, into: $0.baseAddress! + 4) }
        let sizes = (1...rank).map { header[4 * $0..<4 * $0 + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard sizes[0] > 0 else { throw ImageError(path, "the file holds no \(what)") }
        // Sizes are below 2^32 and what is multiplied at most 2^31, so that this cannot overflow.
        let total = sizes.reduce(1) { $0 > Self.maximumSize ? $0 : $0 * $1 }
        guard total <= Self.maximumSize else { throw ImageError(path, "more than \(Self.maximumSize) bytes of \(what)") }
        guard total <= content.bound else { throw ImageError(path, "the file ends too early: its header speaks of \(total) bytes") }
        count = sizes[0]
        self.sizes = sizes
    }
}

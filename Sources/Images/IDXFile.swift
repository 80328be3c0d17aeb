/// Reads MNIST's files: two zero bytes, the type (0x08 for bytes), the number of dimensions, each dimension as a big-endian 32-bit integer, then the
/// bytes, the last dimension fastest. Packed with gzip or not, whatever the name.
public enum IDXFile {
    /// The most bytes that a file may hold, packed or unpacked.
    public static let maximumSize = 1 << 31

    /// The images of the file at `path`, [N][28][28] or [N][32][32], as [N][32][32]: 28 x 28 are enlarged as Pillow does it. The first `limit`
    /// alone where it is given; what comes after those is then not looked at. Throws `ImageError`.
    public static func images(path: String, limit: Int? = nil) throws -> (pixels: [UInt8], total: Int) {
        let (content, sizes) = try open(path, rank: 3, of: "images")
        let side = ImageSet.side
        guard sizes[1] == sizes[2], sizes[1] == 28 || sizes[1] == side else {
            throw ImageError(path, "images of \(sizes[1]) x \(sizes[2]) pixels; 28 x 28 or \(side) x \(side) are read")
        }
        let count = min(limit ?? sizes[0], sizes[0])
        let pixels = try [UInt8](unsafeUninitializedCapacity: count * ImageSet.pixelsPerImage) { buffer, initialized in
            if sizes[1] == side {
                try content.read(count * ImageSet.pixelsPerImage, into: buffer.baseAddress!)
            } else {
                try enlarge(content, count: count, into: buffer.baseAddress!)
            }
            initialized = count * ImageSet.pixelsPerImage
        }
        if count == sizes[0] { try content.expectEnd() }
        return (pixels, sizes[0])
    }

    /// The labels of the file at `path`, [N]. Throws `ImageError`.
    public static func labels(path: String) throws -> [UInt8] {
        let (content, sizes) = try open(path, rank: 1, of: "labels")
        let labels = try [UInt8](unsafeUninitializedCapacity: sizes[0]) { buffer, initialized in
            try content.read(sizes[0], into: buffer.baseAddress!)
            initialized = sizes[0]
        }
        try content.expectEnd()
        return labels
    }

    /// Inflates and enlarges some images at a time, so that they stay in the processor's cache.
    private static func enlarge(_ content: UnpackedBytes, count: Int, into target: UnsafeMutablePointer<UInt8>) throws {
        let block = 128, size = Enlarging.from * Enlarging.from
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: block * size + 2 * Enlarging.margin) { buffer in
            buffer.initialize(repeating: 0)
            let small = buffer.baseAddress! + Enlarging.margin
            for start in stride(from: 0, to: count, by: block) {
                let images = min(block, count - start)
                try content.read(images * size, into: small)
                Enlarging.apply(small, count: images, to: target + start * ImageSet.pixelsPerImage)
            }
        }
    }

    /// The content after the header, and the dimensions, which the content can fill and whose product is within `maximumSize`.
    private static func open(_ path: String, rank: Int, of what: String) throws -> (UnpackedBytes, [Int]) {
        let content = try UnpackedBytes(Paths.contents(of: path, limit: maximumSize), path: path)
        var header = [UInt8](repeating: 0, count: 4 + 4 * rank)
        try content.read(4, into: &header)
        guard header[0] == 0, header[1] == 0 else { throw ImageError(path, "not an IDX file") }
        guard header[2] == 0x08 else { throw ImageError(path, "IDX type \(header[2]), where bytes (type 8) are read") }
        guard header[3] == rank else { throw ImageError(path, "IDX file of \(header[3]) dimensions; \(what) have \(rank)") }
        try header.withUnsafeMutableBufferPointer { try content.read(4 * rank, into: $0.baseAddress! + 4) }
        let sizes = (1...rank).map { header[4 * $0..<4 * $0 + 4].reduce(0) { $0 << 8 | Int($1) } }
        guard sizes[0] > 0 else { throw ImageError(path, "the file holds no \(what)") }
        var total = 1
        for size in sizes {
            // Sizes are below 2^32 and the product so far at most 2^31, so that this cannot overflow.
            total *= size
            guard total <= maximumSize else { throw ImageError(path, "more than \(maximumSize) bytes of \(what)") }
        }
        guard total <= content.bound else { throw ImageError(path, "the file ends too early: its header speaks of \(total) bytes") }
        return (content, sizes)
    }
}

/// The chunks of a PNG file (PNG specification, section 5): length, type, data and checksum.
enum PNGChunks {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let kept: Set<String> = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]

    /// The file with its pixels' chunks alone, up to and with IEND. libpng, which checks them, then meets no compressed text, colour profile or
    /// gamma that a stranger wrote. Throws `PNGError` where the chunks do not add up to a PNG.
    static func essential(of bytes: [UInt8]) throws -> [UInt8] {
        guard bytes.starts(with: signature) else { throw PNGError("not a PNG file") }
        var result = signature
        result.reserveCapacity(bytes.count)
        var position = signature.count
        while bytes.count - position >= 12 {
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - position - 12 else { break }
            let type = String(decoding: bytes[position + 4..<position + 8], as: UTF8.self)
            let end = position + 12 + length
            if kept.contains(type) { result += bytes[position..<end] }
            if type == "IEND" { return result }
            position = end
        }
        throw PNGError("the PNG ends too early")
    }
}

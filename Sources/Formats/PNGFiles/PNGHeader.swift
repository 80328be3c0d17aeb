/// What a PNG file's first chunk says (PNG specification, section 11.2.2).
public struct PNGHeader: Sendable, Equatable {
    public let width: Int, height: Int
    /// Whether pixels have colours, their own or a palette's.
    public let isColor: Bool

    /// Bytes of a file that hold it.
    public static let byteCount = 26

    /// Reads the first bytes of a file. Throws `PNGError` where they are not a PNG's.
    public init(_ bytes: some RandomAccessCollection<UInt8>) throws {
        let bytes = Array(bytes.prefix(Self.byteCount))
        guard bytes.starts(with: PNGChunks.signature) else { throw PNGError("not a PNG file") }
        guard bytes.count == Self.byteCount, bytes[12..<16].elementsEqual("IHDR".utf8) else { throw PNGError("the PNG ends too early") }
        func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
        (width, height, isColor) = (number(16), number(20), bytes[25] & 2 != 0)
    }
}

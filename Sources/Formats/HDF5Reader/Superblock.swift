/// The file's first structure ("II.A. Disk Format: Level 0A - Format Signature and Superblock", versions 2 and 3).
struct Superblock {
    static let byteCount = 48
    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The address of the root group's object header.
    let root: UInt64

    /// - Parameters:
    ///   - bytes: the file's first `byteCount` bytes, or all that it has.
    ///   - length: the file's size.
    init(_ bytes: [UInt8], length: Int) throws(Rule) {
        guard bytes.starts(with: Self.signature) else { throw .signature }
        var cursor = Cursor(bytes.dropFirst(Self.signature.count), short: .truncated)
        guard (2...3).contains(try cursor.byte()) else { throw .superblockVersion }
        guard bytes.count == Self.byteCount else { throw .truncated }
        guard Lookup3.isRight(bytes) else { throw .superblockChecksum }
        let offsetSize = try cursor.byte(), lengthSize = try cursor.byte(), flags = try cursor.byte()
        let base = try cursor.word(), extensionAddress = try cursor.word()
        guard offsetSize == 8, lengthSize == 8, flags == 0, base == 0, extensionAddress == .undefinedAddress else { throw .superblockFields }
        let end = try cursor.word()
        guard end <= length else { throw .truncated }
        guard end == length else { throw .trailingBytes }
        root = try cursor.word()
    }
}

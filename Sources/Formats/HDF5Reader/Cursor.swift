/// Reads the fields of a structure one after the other; integers are little-endian.
struct Cursor {
    private let bytes: ArraySlice<UInt8>
    private var position: Int
    /// What is violated where the bytes do not suffice.
    private let rule: Rule

    init(_ bytes: ArraySlice<UInt8>, short rule: Rule = .messageSize) { (self.bytes, position, self.rule) = (bytes, bytes.startIndex, rule) }

    /// How many bytes are left.
    var count: Int { bytes.endIndex - position }
    var rest: ArraySlice<UInt8> { bytes[position...] }

    mutating func take(_ count: Int) throws(Rule) -> ArraySlice<UInt8> {
        guard count >= 0, count <= self.count else { throw rule }
        defer { position += count }
        return bytes[position..<position + count]
    }

    mutating func byte() throws(Rule) -> UInt8 {
        guard count > 0 else { throw rule }
        defer { position += 1 }
        return bytes[position]
    }

    /// An unsigned integer of at most 8 bytes.
    mutating func integer(_ byteCount: Int) throws(Rule) -> UInt64 {
        guard byteCount <= count else { throw rule }
        var value: UInt64 = 0
        for index in 0..<byteCount { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
        position += byteCount
        return value
    }

    /// An unsigned integer of at most 4 bytes.
    mutating func small(_ byteCount: Int) throws(Rule) -> Int { Int(truncatingIfNeeded: try integer(byteCount)) }

    /// An address or a length.
    mutating func word() throws(Rule) -> UInt64 { try integer(8) }

    /// Throws where bytes are left.
    func end() throws(Rule) { if count > 0 { throw .messageSize } }
}

extension UInt64 {
    /// The address of what is nowhere.
    static let undefinedAddress = UInt64.max
}

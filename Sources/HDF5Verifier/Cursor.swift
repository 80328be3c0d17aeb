/// Reads the fields of a structure one after the other; integers are little-endian.
struct Cursor {
    private(set) var rest: ArraySlice<UInt8>
    /// What is violated where the bytes do not suffice.
    private let rule: Rule

    init(_ bytes: ArraySlice<UInt8>, short rule: Rule = .messageSize) { (rest, self.rule) = (bytes, rule) }

    mutating func take(_ count: Int) throws(Rule) -> ArraySlice<UInt8> {
        guard count >= 0, count <= rest.count else { throw rule }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func byte() throws(Rule) -> UInt8 {
        guard let byte = rest.popFirst() else { throw rule }
        return byte
    }

    /// An unsigned integer of at most 8 bytes.
    mutating func integer(_ byteCount: Int) throws(Rule) -> UInt64 {
        var value: UInt64 = 0
        for (index, byte) in try take(byteCount).enumerated() { value |= UInt64(byte) << UInt64(8 * index) }
        return value
    }

    /// An unsigned integer of at most 4 bytes.
    mutating func small(_ byteCount: Int) throws(Rule) -> Int { Int(truncatingIfNeeded: try integer(byteCount)) }

    /// An address or a length.
    mutating func word() throws(Rule) -> UInt64 { try integer(8) }

    /// Throws where bytes are left.
    func end() throws(Rule) { if !rest.isEmpty { throw .messageSize } }
}

extension UInt64 {
    /// The address of what is nowhere.
    static let undefinedAddress = UInt64.max
}

/// What stands before an object's messages ("IV.A.1.b. Version 2 Data Object Header Prefix").
struct HeaderPrefix {
    /// The most bytes that the prefix can take.
    static let greatest = 18
    private static let signature = Array("OHDR".utf8)

    /// The size of the prefix, and of the messages after it.
    let byteCount: Int, messages: UInt64

    init(_ bytes: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(bytes, short: .extentOutside)
        guard try cursor.take(Self.signature.count).elementsEqual(Self.signature) else { throw .headerSignature }
        guard try cursor.byte() == 2 else { throw .headerVersion }
        // Bits 0 and 1 give the width of the size, bit 4 says that limits for compact attributes follow; others are for times and orders.
        let flags = try cursor.byte()
        guard flags & ~0x13 == 0 else { throw .headerFlags }
        if flags & 0x10 != 0 {
            let mostCompact = try cursor.integer(2), leastDense = try cursor.integer(2)
            guard leastDense <= mostCompact else { throw .headerFlags }
        }
        messages = try cursor.integer(1 << Int(flags & 3))
        byteCount = bytes.count - cursor.count
    }
}

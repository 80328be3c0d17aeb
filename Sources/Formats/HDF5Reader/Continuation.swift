/// Where more messages of a header are ("IV.A.2.q. The Object Header Continuation Message" and "IV.A.1.b", the continuation block).
struct Continuation {
    private static let signature = Array("OCHK".utf8)

    let address: UInt64, byteCount: UInt64

    init(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        (address, byteCount) = (try cursor.word(), try cursor.word())
        try cursor.end()
        guard byteCount >= Self.signature.count + Lookup3.byteCount else { throw .continuationSize }
    }

    /// The bytes of the messages in a block.
    static func messages(_ block: [UInt8]) throws(Rule) -> ArraySlice<UInt8> {
        guard block.starts(with: signature) else { throw .continuationSignature }
        guard Lookup3.isRight(block) else { throw .continuationChecksum }
        return block.dropFirst(signature.count).dropLast(Lookup3.byteCount)
    }
}

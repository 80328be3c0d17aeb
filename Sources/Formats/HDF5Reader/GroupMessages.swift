/// The messages that tell how links and attributes are kept: always in the object's header itself.
enum GroupMessages {
    /// "IV.A.2.c. The Link Info Message": no order of creation, no heap, no tree.
    static func checkLinkInfo(_ body: ArraySlice<UInt8>) throws(Rule) { try checkCompact(body) }

    /// "IV.A.2.v. The Attribute Info Message", which has the same form.
    static func checkAttributeInfo(_ body: ArraySlice<UInt8>) throws(Rule) { try checkCompact(body) }

    /// "IV.A.2.k. The Group Info Message": numbers of links that are hints for a writer.
    static func checkGroupInfo(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        guard try cursor.byte() == 0 else { throw .groupInfo }
        let flags = try cursor.byte()
        guard flags & ~0x03 == 0 else { throw .groupInfo }
        if flags & 0x01 != 0 {
            let mostCompact = try cursor.integer(2), leastDense = try cursor.integer(2)
            guard leastDense <= mostCompact else { throw .groupInfo }
        }
        if flags & 0x02 != 0 { _ = try cursor.take(4) }
        try cursor.end()
    }

    private static func checkCompact(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        let version = try cursor.byte(), flags = try cursor.byte()
        let heap = try cursor.word(), tree = try cursor.word()
        guard version == 0, flags == 0, heap == .undefinedAddress, tree == .undefinedAddress else { throw .denseStorage }
        try cursor.end()
    }
}

/// Where a dataset's elements are ("IV.A.2.i. The Data Layout Message", version 3, contiguous).
struct Layout {
    /// `undefinedAddress` where there is no element.
    let address: UInt64
    let byteCount: UInt64

    init(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        guard try cursor.byte() == 3 else { throw .layoutVersion }
        guard try cursor.byte() == 1 else { throw .layoutClass }
        (address, byteCount) = (try cursor.word(), try cursor.word())
        try cursor.end()
        guard (address == .undefinedAddress) == (byteCount == 0) else { throw .layoutSize }
    }
}

/// What elements are before they are written ("IV.A.2.f. The Data Storage - Fill Value Message", version 3): always zero, so that nothing is kept.
enum FillValue {
    static func check(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        guard try cursor.byte() == 3 else { throw .fillValue }
        // Bits 0 and 1 tell when room is taken, 2 and 3 when it is filled, 4 and 5 that a value is undefined or given here.
        let flags = try cursor.byte()
        guard flags & ~0x0F == 0, flags >> 2 <= 2 else { throw .fillValue }
        try cursor.end()
    }
}

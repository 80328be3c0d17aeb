/// The extents of a dataset or an attribute ("IV.A.2.b. The Dataspace Message", version 2).
struct Dataspace {
    /// The dimensions, the slowest first; [] for a scalar.
    let shape: [Int]
    /// Their product.
    let count: Int

    init(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        guard try cursor.byte() == 2 else { throw .dataspaceVersion }
        let rank = Int(try cursor.byte()), flags = try cursor.byte(), kind = try cursor.byte()
        guard rank <= Limits.rank else { throw .dataspaceRank }
        // 0 is a scalar, 1 has dimensions, 2 holds nothing at all.
        guard kind == 0 ? rank == 0 && flags == 0 : kind == 1 && rank > 0 && flags <= 1 else { throw .dataspaceKind }
        let sizes = try Self.sizes(&cursor, rank)
        if flags == 1, try Self.sizes(&cursor, rank) != sizes { throw .dataspaceGrows }
        try cursor.end()
        shape = sizes
        count = try Self.product(sizes)
    }

    private static func sizes(_ cursor: inout Cursor, _ rank: Int) throws(Rule) -> [Int] {
        var sizes: [Int] = []
        for _ in 0..<rank {
            // All ones stand for a dimension without limit.
            let size = try cursor.word()
            guard let size = Int(exactly: size) else { throw size == .max ? .dataspaceGrows : .dataspaceSize }
            sizes.append(size)
        }
        return sizes
    }

    private static func product(_ sizes: [Int]) throws(Rule) -> Int {
        // The zeros come last, so that an overflow beside one is seen.
        var product = 1
        for size in sizes.sorted(by: >) {
            let (next, overflows) = product.multipliedReportingOverflow(by: size)
            if overflows { throw .dataspaceSize }
            product = next
        }
        return product
    }
}

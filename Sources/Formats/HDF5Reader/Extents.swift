/// Which bytes of the file belong to what.
struct Extents {
    /// A structure or a dataset's elements.
    struct Extent {
        let range: Range<Int>
        let isRawData: Bool
        /// The path of the object that it belongs to.
        let object: String
    }

    private let byteCount: Int
    private(set) var all: [Extent] = []
    private var starts: Set<Int> = []
    private var claimed = 0, metadata = 0

    init(byteCount: Int) { self.byteCount = byteCount }

    /// The range of `count` bytes from `address` on, if the file has them.
    func range(_ address: UInt64, _ count: UInt64) throws(Rule) -> Range<Int> {
        guard address <= byteCount, count <= UInt64(byteCount) - address else { throw .extentOutside }
        return Int(address)..<Int(address + count)
    }

    /// Notes an extent of at least one byte.
    ///
    /// Overlaps are found at the end; here is seen to it that no block is read twice, and that no more is read than the file has.
    mutating func claim(_ range: Range<Int>, isRawData: Bool = false, of object: String) throws(Rule) {
        guard starts.insert(range.lowerBound).inserted, range.count <= byteCount - claimed else { throw .extentOverlap }
        claimed += range.count
        if !isRawData { metadata += range.count }
        guard metadata <= Limits.metadata else { throw .metadataSize }
        all.append(Extent(range: range, isRawData: isRawData, object: object))
    }

    /// Sorts the extents; gives the first byte that two of them share as a problem for each, and the ranges that belong to none.
    mutating func finish() -> (overlaps: [Problem], unused: [Range<Int>]) {
        all.sort { $0.range.lowerBound < $1.range.lowerBound }
        var overlaps: [Problem] = [], unused: [Range<Int>] = [], position = 0
        for extent in all {
            if extent.range.lowerBound < position { overlaps.append(Problem(.extentOverlap, at: extent.object)) }
            if extent.range.lowerBound > position { unused.append(position..<extent.range.lowerBound) }
            position = max(position, extent.range.upperBound)
        }
        if position < byteCount { unused.append(position..<byteCount) }
        return (overlaps, unused)
    }
}

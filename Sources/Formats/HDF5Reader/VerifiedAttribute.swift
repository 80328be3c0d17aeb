import HDF5Types

/// A small value on a group or a dataset.
public struct VerifiedAttribute: Sendable {
    public let name: String
    public let type: ElementType
    /// The dimensions, the slowest first; [] for a single value.
    public let shape: [Int]
    /// The elements as stored, in row-major order.
    public let bytes: ArraySlice<UInt8>

    /// Reads an attribute ("IV.A.2.m. The Attribute Message", version 3).
    init(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        guard try cursor.byte() == 3 else { throw .attributeVersion }
        // Type and shape are here, not shared with others.
        guard try cursor.byte() == 0 else { throw .messageShared }
        let nameSize = try cursor.small(2), typeSize = try cursor.small(2), spaceSize = try cursor.small(2)
        // ASCII or UTF-8.
        guard try cursor.byte() <= 1 else { throw .attributeName }
        let stored = try cursor.take(nameSize)
        guard stored.last == 0, let name = String(storedName: stored.dropLast()) else { throw .attributeName }
        self.name = name
        type = try ElementType(cursor.take(typeSize))
        let space = try Dataspace(cursor.take(spaceSize))
        shape = space.shape
        let (size, overflows) = space.count.multipliedReportingOverflow(by: type.byteCount)
        bytes = cursor.rest
        guard !overflows, bytes.count == size else { throw .attributeSize }
    }
}

import HDF5Types

extension ElementType {
    /// The type that a message gives ("IV.A.2.d. The Datatype Message", version 1): there is one right description of each.
    init(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body, short: .datatype)
        let head = Array(try cursor.take(4)), size = try cursor.small(4), properties = Array(cursor.rest)
        if head == Self.text, properties.isEmpty, size > 0 {
            self = .string(byteCount: size)
            return
        }
        guard let number = Self.numbers.first(where: { $0.head == head && $0.type.byteCount == size && $0.properties == properties }) else {
            throw .datatype
        }
        self = number.type
    }

    /// Class 3, version 1; filled up with zeros (1), in UTF-8 (1).
    private static let text: [UInt8] = [0x13, 0x11, 0x00, 0x00]

    /// The numbers, with what stands before and after the size.
    private static let numbers: [(type: ElementType, head: [UInt8], properties: [UInt8])] = [
        // Class 1: an implied leading bit, the sign's place; then offset, precision, places and sizes of exponent and mantissa, the bias.
        (.float32, [0x11, 0x20, 31, 0], [0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]),
        (.float64, [0x11, 0x20, 63, 0], [0, 0, 64, 0, 52, 11, 0, 52, 0xFF, 0x03, 0, 0]),
        // Class 0: whether there is a sign; then offset and precision in bits.
        (.int8, [0x10, 0x08, 0, 0], [0, 0, 8, 0]), (.uint8, [0x10, 0, 0, 0], [0, 0, 8, 0]),
        (.int16, [0x10, 0x08, 0, 0], [0, 0, 16, 0]), (.uint16, [0x10, 0, 0, 0], [0, 0, 16, 0]),
        (.int32, [0x10, 0x08, 0, 0], [0, 0, 32, 0]), (.uint32, [0x10, 0, 0, 0], [0, 0, 32, 0]),
        (.int64, [0x10, 0x08, 0, 0], [0, 0, 64, 0]), (.uint64, [0x10, 0, 0, 0], [0, 0, 64, 0]),
    ]
}

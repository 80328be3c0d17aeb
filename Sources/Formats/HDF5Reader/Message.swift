/// A message of an object's header ("IV.A.2. Disk Format: Level 2A2 - Data Object Header Messages").
struct Message {
    /// The kinds that aekit writes, under the specification's numbers.
    enum Kind: UInt8 {
        case empty = 0x00, dataspace = 0x01, linkInfo = 0x02, datatype = 0x03, fillValue = 0x05, link = 0x06
        case layout = 0x08, groupInfo = 0x0A, attribute = 0x0C, continuation = 0x10, attributeInfo = 0x15
    }

    let kind: Kind
    let body: ArraySlice<UInt8>

    /// What stands before a message: its kind, size and flags.
    private static let prefix = 4

    /// The messages of a block, and the gap after them, which is too small for another.
    static func list(_ bytes: ArraySlice<UInt8>) throws(Rule) -> [Message] {
        var cursor = Cursor(bytes), messages: [Message] = []
        while cursor.count >= prefix {
            let number = try cursor.byte(), size = try cursor.small(2), flags = try cursor.byte()
            let kind = try kind(number)
            if flags & 0x02 != 0 { throw .messageShared }
            // Bit 0: does not change; bit 2: is not to be shared. The others tell what to do about unknown messages.
            guard flags & ~0x05 == 0 else { throw .messageFlags }
            messages.append(Message(kind: kind, body: try cursor.take(size)))
        }
        guard cursor.rest.isZero else { throw .unusedBytes }
        return messages
    }

    private static func kind(_ number: UInt8) throws(Rule) -> Kind {
        if let kind = Kind(rawValue: number) { return kind }
        switch number {
        case 0x07: throw .externalFile
        case 0x0B: throw .filters
        // The number of links, where there are several.
        case 0x16: throw .objectLinkedTwice
        default: throw .messageType
        }
    }
}

extension Collection<UInt8> {
    var isZero: Bool { allSatisfy { $0 == 0 } }
}

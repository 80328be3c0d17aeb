import SystemFiles
import Texts

/// A member of a group ("IV.A.2.g. The Link Message").
struct Link {
    let name: String
    /// The address of the member's object header.
    let address: UInt64

    init(_ body: ArraySlice<UInt8>) throws(Rule) {
        var cursor = Cursor(body)
        guard try cursor.byte() == 1 else { throw .linkVersion }
        // Bits 0 and 1 give the width of the name's length, bit 3 says that a type follows, bit 4 a character set; bit 2 would be an order.
        let flags = try cursor.byte()
        guard flags & ~0x1B == 0 else { throw .linkFlags }
        if flags & 0x08 != 0, try cursor.byte() != 0 { throw .linkNotHard }
        // ASCII or UTF-8.
        if flags & 0x10 != 0, try cursor.byte() > 1 { throw .linkFlags }
        let size = try cursor.integer(1 << Int(flags & 3))
        guard size <= Limits.name, let name = String(storedName: try cursor.take(Int(size))) else { throw .linkName }
        guard name != ".", !name.utf8.contains(UInt8(ascii: "/")) else { throw .linkName }
        self.name = name
        address = try cursor.word()
        try cursor.end()
    }
}

extension String {
    /// A link's or an attribute's name: UTF-8, not empty, without control characters and marks that turn text around. Nil for others.
    init?(storedName bytes: ArraySlice<UInt8>) {
        guard (1...Limits.name).contains(bytes.count), let name = String(validating: bytes, as: UTF8.self), name.printable == name else { return nil }
        self = name
    }
}

import HDF5Reader

/// Makes HDF5 files structure by structure, with right checksums and any contents.
struct Forge {
    private(set) var bytes = [UInt8](repeating: 0, count: 48)

    /// A message: its kind, flags and contents.
    static func message(_ kind: UInt8, _ body: [UInt8], flags: UInt8 = 0) -> [UInt8] { [kind] + little(body.count, 2) + [flags] + body }

    /// An integer of `count` bytes, the least one first.
    static func little(_ value: Int, _ count: Int) -> [UInt8] { little(UInt64(bitPattern: Int64(value)), count) }
    static func little(_ value: UInt64, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) } }
    private static let nowhere = [UInt8](repeating: 0xFF, count: 16)

    static let linkInfo = message(2, [0, 0] + nowhere), groupInfo = message(10, [0, 0], flags: 1)
    static let attributeInfo = message(21, [0, 0] + nowhere, flags: 4)
    static let fill = message(5, [3, 9], flags: 1)
    static let float: [UInt8] = [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]
    static let floatType = message(3, float, flags: 1)

    static func space(_ shape: [Int]) -> [UInt8] {
        shape.isEmpty ? [2, 0, 0, 0] : [2, UInt8(shape.count), 1, 1] + (shape + shape).flatMap { little($0, 8) }
    }

    static func layout(_ address: Int, _ size: Int) -> [UInt8] { message(8, [3, 1] + little(address, 8) + little(size, 8), flags: 1) }
    static func link(_ name: [UInt8], _ address: Int) -> [UInt8] { message(6, [1, 2] + little(name.count, 4) + name + little(address, 8)) }
    static func link(_ name: String, _ address: Int) -> [UInt8] { link(Array(name.utf8), address) }
    static func continuation(_ address: Int, _ size: Int) -> [UInt8] { message(16, little(address, 8) + little(size, 8)) }

    static func attribute(_ name: String, type: [UInt8] = float, space: [UInt8] = space([]), data: [UInt8] = [0, 0, 128, 63],
                          flags: UInt8 = 0) -> [UInt8] {
        let name = Array(name.utf8) + [0]
        return message(12, [3, flags] + little(name.count, 2) + little(type.count, 2) + little(space.count, 2) + [0] + name + type + space + data)
    }

    /// The messages of a dataset of float32.
    static func dataset(_ shape: [Int], at address: Int, size: Int? = nil) -> [[UInt8]] {
        [message(1, space(shape)), floatType, fill, layout(address, size ?? 4 * shape.reduce(1, *))]
    }

    /// The messages of a group.
    static func group(_ links: [UInt8]...) -> [[UInt8]] { [linkInfo, groupInfo] + links }

    /// Adds bytes; gives their address.
    mutating func add(_ data: [UInt8]) -> Int {
        defer { bytes += data }
        return bytes.count
    }

    /// Adds an object header; gives its address.
    mutating func header(_ messages: [[UInt8]], flags: UInt8 = 2, version: UInt8 = 2, between: [UInt8] = []) -> Int {
        let body = messages.flatMap { $0 }
        return add(Self.sealed(Array("OHDR".utf8) + [version, flags] + between + Self.little(body.count, 1 << Int(flags & 3)) + body))
    }

    /// Adds a continuation block; gives its address.
    mutating func block(_ messages: [[UInt8]], signature: String = "OCHK") -> Int {
        add(Self.sealed(Array(signature.utf8) + messages.flatMap { $0 }))
    }

    /// The file: the superblock is filled in.
    func finish(root: Int, end: Int? = nil, version: UInt8 = 2, sizes: [UInt8] = [8, 8, 0], base: Int = 0, more: UInt64 = .max) -> [UInt8] {
        let fields = Self.little(base, 8) + Self.little(more, 8) + Self.little(end ?? bytes.count, 8) + Self.little(root, 8)
        let superblock = Self.sealed([0x89] + Array("HDF\r\n".utf8) + [0x1A, 0x0A, version] + sizes + fields)
        return superblock + bytes.dropFirst(superblock.count)
    }

    /// `data` with its checksum.
    static func sealed(_ data: [UInt8]) -> [UInt8] { data + little(Int(Lookup3.checksum(data[...])), 4) }

    /// A file whose root holds a dataset `x` of these messages; the elements are the 16 bytes from 48 on.
    static func file(_ messages: [[UInt8]]) -> [UInt8] {
        var forge = Forge()
        _ = forge.add([UInt8](repeating: 1, count: 16))
        let dataset = forge.header(messages)
        let root = forge.header(group(link("x", dataset)))
        return forge.finish(root: root)
    }

    /// A file whose root has these messages beside those of a group; `body` may add what they refer to.
    static func file(root messages: (inout Forge) -> [[UInt8]]) -> [UInt8] {
        var forge = Forge()
        let messages = messages(&forge)
        let root = forge.header(group() + messages)
        return forge.finish(root: root)
    }
}

import HDF5Reader
import Testing

private let space = Forge.message(1, Forge.space([4])), layout = Forge.layout(48, 16)
private let zeros = [UInt8](repeating: 0, count: 8)
/// Type, shape and element of an attribute.
private let scalar = Forge.float + Forge.space([]) + [0, 0, 0, 0]

/// A crafted file, whose checksums are right, and the rule that it violates.
struct Crafted: CustomTestStringConvertible, Sendable {
    let rule: Rule, object: String, what: String, bytes: [UInt8]
    var testDescription: String { what }

    init(_ rule: Rule, at object: String = "/", _ what: String, _ bytes: [UInt8]) {
        (self.rule, self.object, self.what, self.bytes) = (rule, object, what, bytes)
    }
}

/// A file whose root has these messages more.
private func root(_ messages: [UInt8]...) -> [UInt8] { Forge.file(root: { _ in messages }) }

/// A file whose dataset has this message in the place of the right one of its kind.
private func dataset(_ message: [UInt8]) -> [UInt8] {
    Forge.file(Forge.dataset([4], at: 48).map { $0[0] == message[0] ? message : $0 })
}

extension Crafted {
    /// Faults of the file as a whole.
    static let files: [Crafted] = [
        Crafted(.truncated, "end beyond the file", Forge().finish(root: 48, end: 49)),
        Crafted(.trailingBytes, "end before the file's", Forge().finish(root: 48, end: 47)),
        Crafted(.truncated, "the greatest end", Forge().finish(root: 48, end: -1)),
        Crafted(.superblockVersion, "version 1", Forge().finish(root: 48, version: 1)),
        Crafted(.superblockVersion, "version 4", Forge().finish(root: 48, version: 4)),
        Crafted(.superblockFields, "addresses of 4 bytes", Forge().finish(root: 48, sizes: [4, 8, 0])),
        Crafted(.superblockFields, "lengths of 255 bytes", Forge().finish(root: 48, sizes: [8, 255, 0])),
        Crafted(.superblockFields, "open for writing", Forge().finish(root: 48, version: 3, sizes: [8, 8, 1])),
        Crafted(.superblockFields, "another base", Forge().finish(root: 48, base: 8)),
        Crafted(.superblockFields, "an extension", Forge().finish(root: 48, more: 48)),
        Crafted(.extentOutside, "root at the end", Forge().finish(root: 48)),
        Crafted(.extentOutside, "root nowhere", Forge().finish(root: -1)),
        Crafted(.extentOutside, "root at the greatest signed address", Forge().finish(root: .max)),
        Crafted(.headerSignature, "root at the superblock", Forge().finish(root: 0)),
        Crafted(.unusedBytes, "bytes of nobody", Forge.file(root: { forge in _ = forge.add([0, 0, 1]); return [] })),
        Crafted(.extentOverlap, at: "/x", "data over the superblock", Crafted.child { $0.header(Forge.dataset([4], at: 8)) }),
        Crafted(.extentOverlap, at: "/x", "data over its own header", Crafted.child { $0.header(Forge.dataset([4], at: 64)) }),
        Crafted(.extentOverlap, at: "/y", "two datasets share bytes", Forge.file(root: { forge in
            let data = forge.add(zeros + zeros), first = forge.header(Forge.dataset([3], at: data))
            return [Forge.link("x", first), Forge.link("y", forge.header(Forge.dataset([2], at: data + 8)))]
        })),
        Crafted(.extentOverlap, at: "/y", "two datasets at one place", Forge.file(root: { forge in
            let data = forge.add(zeros), first = forge.header(Forge.dataset([2], at: data)), second = forge.header(Forge.dataset([2], at: data))
            return [Forge.link("x", first), Forge.link("y", second)]
        })),
    ]

    /// Faults of object headers.
    static let headers: [Crafted] = [
        Crafted(.headerVersion, at: "/x", "version 3", child { $0.header(Forge.group(), version: 3) }),
        Crafted(.headerFlags, at: "/x", "times", child { $0.header(Forge.group(), flags: 0x22, between: zeros + zeros) }),
        Crafted(.headerFlags, at: "/x", "order of attributes", child { $0.header(Forge.group(), flags: 0x06) }),
        Crafted(.headerFlags, at: "/x", "an unknown flag", child { $0.header(Forge.group(), flags: 0x42) }),
        Crafted(.headerFlags, at: "/x", "limits the wrong way round", child { $0.header(Forge.group(), flags: 0x12, between: [0, 0, 1, 0]) }),
        Crafted(.extentOutside, at: "/x", "a block without end", child {
            $0.add(Forge.sealed(Array("OHDR".utf8) + [2, 3] + Forge.little(UInt64.max - 17, 8)))
        }),
        Crafted(.extentOutside, at: "/x", "a block beyond the end", child {
            $0.add(Forge.sealed(Array("OHDR".utf8) + [2, 2] + Forge.little(100_000, 4)))
        }),
        Crafted(.headerChecksum, at: "/x", "a wrong checksum", child { $0.add(Array("OHDR".utf8) + [2, 0, 0] + [1, 2, 3, 4]) }),
        Crafted(.objectKind, at: "/x", "no messages", child { $0.header([]) }),
        Crafted(.objectKind, at: "/x", "a type with a name", child { $0.header([Forge.floatType]) }),
        Crafted(.objectKind, at: "/x", "a dataset with a link", child { $0.header(Forge.dataset([0], at: -1) + [Forge.link("y", 48)]) }),
        Crafted(.objectKind, at: "/x", "a group with elements", child { $0.header(Forge.group() + Forge.dataset([0], at: -1)) }),
        Crafted(.objectKind, at: "/x", "a dataset without layout", Forge.file([space, Forge.floatType, Forge.fill])),
        Crafted(.messageTwice, at: "/x", "two shapes", Forge.file(Forge.dataset([4], at: 48) + [space])),
        Crafted(.messageType, "an unknown message", root(Forge.message(0x19, []))),
        Crafted(.messageType, "an unknown message that may be ignored", root(Forge.message(0xFE, zeros))),
        Crafted(.messageType, "a time", root(Forge.message(0x12, zeros))),
        Crafted(.messageType, "a symbol table", root(Forge.message(0x11, zeros + zeros))),
        Crafted(.messageType, "a bogus message", root(Forge.message(0x09, [0xEF, 0xBE, 0xAD, 0xDE]))),
        Crafted(.externalFile, at: "/x", "an external file", Forge.file(Forge.dataset([4], at: 48) + [Forge.message(7, zeros)])),
        Crafted(.filters, at: "/x", "a filter", Forge.file(Forge.dataset([4], at: 48) + [Forge.message(11, [2, 1, 1, 0, 0, 0, 1, 0, 9, 0, 0, 0])])),
        Crafted(.messageShared, at: "/x", "a shared type", Forge.file([space, Forge.message(3, [3, 2] + zeros, flags: 2), Forge.fill, layout])),
        Crafted(.messageFlags, "fails if unknown", root(Forge.message(0, [], flags: 0x80))),
        Crafted(.messageSize, "a message longer than its block", root([0, 200, 0, 0])),
        Crafted(.unusedBytes, "an empty message that is not", root(Forge.message(0, [0, 1]))),
        Crafted(.unusedBytes, "a gap with something in it", root([0, 0, 1])),
        Crafted(.continuationSize, "no continuation", root(Forge.continuation(48, 0))),
        Crafted(.continuationSize, "a continuation too small for a signature", root(Forge.continuation(48, 7))),
        Crafted(.messageSize, "a short continuation message", root(Forge.message(16, zeros))),
        Crafted(.extentOutside, "a continuation beyond the end", root(Forge.continuation(1 << 50, 64))),
        Crafted(.extentOutside, "a continuation without end", root(Forge.continuation(48, -1))),
        Crafted(.extentOverlap, "the header continued in itself", root(Forge.continuation(48, 40))),
        Crafted(.continuationSignature, "another signature", Forge.file(root: { [Forge.continuation($0.block([], signature: "OHDR"), 8)] })),
        Crafted(.continuationChecksum, "a wrong checksum of a block", Forge.file(root: { [Forge.continuation($0.add(Array("OCHKabcd".utf8)), 8)] })),
        Crafted(.extentOverlap, "a block continued in itself", Forge.file(root: {
            [Forge.continuation($0.block([Forge.continuation(48, 28)]), 28)]
        })),
        Crafted(.extentOverlap, "one block continued twice", Forge.file(root: {
            let block = $0.block([])
            return [Forge.continuation(block, 8), Forge.continuation(block, 8)]
        })),
    ]

    /// Faults of groups.
    static let links: [Crafted] = [
        Crafted(.objectLinkedTwice, at: "/x", "the root in itself", rootInItself),
        Crafted(.objectLinkedTwice, at: "/y", "two names of one object", Forge.file(root: { forge in
            let group = forge.header(Forge.group())
            return [Forge.link("x", group), Forge.link("y", group)]
        })),
        Crafted(.linkNameTwice, "one name twice", Forge.file(root: { [Forge.link("x", $0.header(Forge.group())), Forge.link("x", 48)] })),
        Crafted(.linkNotHard, "a soft link", root(Forge.message(6, [1, 0x08, 1, 1, 0x78, 1, 0, 0x79]))),
        Crafted(.linkNotHard, "an external link", root(Forge.message(6, [1, 0x08, 64, 1, 0x78, 4, 0, 0, 0x61, 0, 0x62]))),
        Crafted(.linkNotHard, "a link of a plug-in's", root(Forge.message(6, [1, 0x08, 200, 1, 0x78, 0, 0]))),
        Crafted(.linkVersion, "version 2", root(Forge.message(6, [2, 0, 1, 0x78] + zeros))),
        Crafted(.linkFlags, "an order of links", root(Forge.message(6, [1, 4] + zeros + [1, 0x78] + zeros))),
        Crafted(.linkFlags, "an unknown flag", root(Forge.message(6, [1, 0x80, 1, 0x78] + zeros))),
        Crafted(.linkFlags, "an unknown character set", root(Forge.message(6, [1, 0x10, 2, 1, 0x78] + zeros))),
        Crafted(.messageSize, "bytes after the address", root(Forge.message(6, [1, 0, 1, 0x78] + zeros + [0]))),
        Crafted(.messageSize, "no address", root(Forge.message(6, [1, 0, 1, 0x78, 0]))),
        Crafted(.messageSize, "a name longer than the message", root(Forge.message(6, [1, 0, 200, 0x78] + zeros))),
        Crafted(.linkName, "a name without end", root(Forge.message(6, [1, 3] + Forge.little(-1, 8) + zeros))),
        Crafted(.linkName, "a long name", root(Forge.link([UInt8](repeating: 0x78, count: 256), 48))),
        Crafted(.linkName, "a very long name", root(Forge.link([UInt8](repeating: 0x78, count: 65_500), 48))),
        Crafted(.denseStorage, "links in a heap", Forge.file(replacing: Forge.linkInfo, by: Forge.message(2, [0, 0] + zeros + zeros))),
        Crafted(.denseStorage, "an order of links", Forge.file(replacing: Forge.linkInfo, by: Forge.message(2, [0, 1] + zeros + zeros + zeros))),
        Crafted(.denseStorage, "attributes in a heap", root(Forge.message(21, [0, 0] + Forge.little(48, 8) + Forge.little(-1, 8)))),
        Crafted(.groupInfo, "version 1", Forge.file(replacing: Forge.groupInfo, by: Forge.message(10, [1, 0]))),
        Crafted(.groupInfo, "limits the wrong way round", Forge.file(replacing: Forge.groupInfo, by: Forge.message(10, [0, 1, 0, 0, 1, 0]))),
        Crafted(.messageSize, "a short group info", Forge.file(replacing: Forge.groupInfo, by: Forge.message(10, [0, 2, 0, 0]))),
    ] + ["", ".", "/", "a/b", "a\0", "a\n", "\u{1B}[2J", "\u{7F}", "\u{202E}x"].map { name in
        Crafted(.linkName, "the name \(name.debugDescription)", root(Forge.link(name, 48)))
    } + [Crafted(.linkName, "a name that is not UTF-8", root(Forge.link([0xFF, 0xFE], 48)))]

    /// A file whose root holds an object `x`.
    private static func child(_ make: (inout Forge) -> Int) -> [UInt8] { Forge.file(root: { [Forge.link("x", make(&$0))] }) }

    private static let rootInItself: [UInt8] = {
        var forge = Forge()
        let root = forge.header(Forge.group(Forge.link("x", 48)))
        return forge.finish(root: root)
    }()
}

extension Crafted {
    /// Faults of attributes.
    static let attributes: [Crafted] = [
        Crafted(.attributeSize, "less than the shape says", root(Forge.attribute("a", space: Forge.space([2])))),
        Crafted(.attributeSize, "more than the shape says", root(Forge.attribute("a", data: zeros))),
        Crafted(.attributeSize, "2 to the 61 elements", root(Forge.attribute("a", space: Forge.space([1 << 61])))),
        Crafted(.attributeSize, "2 to the 62 bytes of text", root(Forge.attribute("a", type: text(1 << 31), space: Forge.space([1 << 31])))),
        Crafted(.dataspaceSize, "an overflowing shape", root(Forge.attribute("a", space: Forge.space([1 << 32, 1 << 32])))),
        Crafted(.attributeVersion, "version 1", root(Forge.message(12, [1, 0] + zeros))),
        Crafted(.messageShared, "a shared type", root(Forge.attribute("a", flags: 1))),
        Crafted(.messageShared, "a shared shape", root(Forge.attribute("a", flags: 2))),
        Crafted(.messageSize, "a name longer than the message", root(Forge.message(12, [3, 0, 255, 255, 20, 0, 4, 0, 0] + zeros))),
        Crafted(.messageSize, "a type longer than the message", root(Forge.message(12, [3, 0, 2, 0, 255, 255, 4, 0, 0, 0x61, 0] + zeros))),
        Crafted(.attributeName, "no name", root(Forge.message(12, [3, 0, 0, 0, 20, 0, 4, 0, 0] + scalar))),
        Crafted(.attributeName, "a name without end", root(Forge.message(12, [3, 0, 1, 0, 20, 0, 4, 0, 0, 0x61] + scalar))),
        Crafted(.attributeName, "an unknown character set", root(Forge.message(12, [3, 0, 2, 0, 20, 0, 4, 0, 2, 0x61, 0] + scalar))),
        Crafted(.attributeName, "an empty name", root(Forge.attribute(""))),
        Crafted(.attributeName, "a line break", root(Forge.attribute("a\nb"))),
        Crafted(.attributeName, "a zero character", root(Forge.attribute("a\0b"))),
        Crafted(.attributeName, "a long name", root(Forge.attribute(String(repeating: "a", count: 256)))),
        Crafted(.attributeNameTwice, "one name twice", root(Forge.attribute("a"), Forge.attribute("a"))),
        Crafted(.datatype, "a reference", root(Forge.attribute("a", type: [0x17, 0, 0, 0, 8, 0, 0, 0], data: zeros))),
    ]

    /// Faults of datasets.
    static let datasets: [Crafted] = [
        Crafted(.datatype, at: "/x", "a sequence of any length", dataset(Forge.message(3, [0x19, 0, 0, 0, 16, 0, 0, 0] + Forge.float))),
        Crafted(.datatype, at: "/x", "a string of any length", dataset(Forge.message(3, [0x19, 0x11, 0, 0, 16, 0, 0, 0] + Forge.float))),
        Crafted(.datatype, at: "/x", "a compound", dataset(Forge.message(3, [0x36, 1, 0, 0, 4, 0, 0, 0, 0x61, 0, 0] + Forge.float))),
        Crafted(.datatype, at: "/x", "an array", dataset(Forge.message(3, [0x3A, 0, 0, 0, 4, 0, 0, 0, 1, 1, 0, 0, 0] + Forge.float))),
        Crafted(.datatype, at: "/x", "a big-endian float", dataset(Forge.message(3, [0x11, 0x21] + Forge.float.dropFirst(2)))),
        Crafted(.datatype, at: "/x", "a float of other widths", dataset(Forge.message(3, Forge.float.dropLast(8) + [31, 8, 0, 31, 127, 0, 0, 0]))),
        Crafted(.datatype, at: "/x", "an integer of 24 bits", dataset(Forge.message(3, [0x10, 8, 0, 0, 4, 0, 0, 0, 0, 0, 24, 0]))),
        Crafted(.datatype, at: "/x", "a string of no bytes", dataset(Forge.message(3, text(0)))),
        Crafted(.datatype, at: "/x", "bytes after the type", dataset(Forge.message(3, Forge.float + [0]))),
        Crafted(.datatype, at: "/x", "half a type", dataset(Forge.message(3, [0x11, 0x20]))),
        Crafted(.layoutSize, at: "/x", "more bytes than memory", dataset(Forge.message(3, text(0xFFFF_FFFF)))),
        Crafted(.dataspaceVersion, at: "/x", "version 1", dataset(Forge.message(1, [1, 1, 0, 0, 0, 0, 0, 0] + Forge.little(4, 8)))),
        Crafted(.dataspaceRank, at: "/x", "33 dimensions", dataset(Forge.message(1, Forge.space([Int](repeating: 1, count: 33))))),
        Crafted(.dataspaceRank, at: "/x", "255 dimensions", dataset(Forge.message(1, [2, 255, 0, 1]))),
        Crafted(.messageSize, at: "/x", "fewer dimensions than said", dataset(Forge.message(1, [2, 3, 0, 1] + zeros))),
        Crafted(.dataspaceKind, at: "/x", "nothing at all", dataset(Forge.message(1, [2, 0, 0, 2]))),
        Crafted(.dataspaceKind, at: "/x", "a scalar with dimensions", dataset(Forge.message(1, [2, 1, 0, 0] + Forge.little(4, 8)))),
        Crafted(.dataspaceKind, at: "/x", "an unknown flag", dataset(Forge.message(1, [2, 1, 2, 1] + Forge.little(4, 8)))),
        Crafted(.dataspaceGrows, at: "/x", "no limit", dataset(Forge.message(1, [2, 1, 1, 1] + Forge.little(4, 8) + Forge.little(-1, 8)))),
        Crafted(.dataspaceGrows, at: "/x", "a greater limit", dataset(Forge.message(1, [2, 1, 1, 1] + Forge.little(4, 8) + Forge.little(5, 8)))),
        Crafted(.dataspaceSize, at: "/x", "a negative dimension", dataset(Forge.message(1, Forge.space([.min])))),
        Crafted(.dataspaceSize, at: "/x", "an overflow beside a zero", dataset(Forge.message(1, Forge.space([0, .max, .max])))),
        Crafted(.layoutSize, at: "/x", "an overflow of bytes", dataset(Forge.message(1, Forge.space([1 << 62])))),
        Crafted(.layoutSize, at: "/x", "more elements than bytes", dataset(Forge.message(1, Forge.space([5])))),
        Crafted(.layoutSize, at: "/x", "fewer elements than bytes", dataset(Forge.message(1, Forge.space([3])))),
        Crafted(.layoutSize, at: "/x", "bytes that are nowhere", dataset(Forge.layout(-1, 16))),
        Crafted(.layoutSize, at: "/x", "no bytes that are somewhere", dataset(Forge.layout(48, 0))),
        Crafted(.extentOutside, at: "/x", "bytes beyond the end", dataset(Forge.layout(1 << 20, 16))),
        Crafted(.extentOutside, at: "/x", "bytes around the greatest address", dataset(Forge.layout(-8, 16))),
        Crafted(.layoutVersion, at: "/x", "version 4", dataset(Forge.message(8, [4, 1] + Forge.little(48, 8) + Forge.little(16, 8)))),
        Crafted(.layoutClass, at: "/x", "in the header", dataset(Forge.message(8, [3, 0, 16, 0] + zeros + zeros))),
        Crafted(.layoutClass, at: "/x", "in chunks", dataset(Forge.message(8, [3, 2, 2] + zeros + [4, 0, 0, 0, 4, 0, 0, 0]))),
        Crafted(.layoutClass, at: "/x", "of other files", dataset(Forge.message(8, [3, 3] + zeros + [0, 0, 0, 0]))),
        Crafted(.fillValue, at: "/x", "version 2", dataset(Forge.message(5, [2, 1, 0, 0]))),
        Crafted(.fillValue, at: "/x", "a value", dataset(Forge.message(5, [3, 0x29, 4, 0, 0, 0, 0, 0, 128, 63]))),
    ]

    private static func text(_ size: Int) -> [UInt8] { [0x13, 0x11, 0, 0] + Forge.little(size, 4) }
}

extension Forge {
    /// A file whose root is a group with one message in the place of another.
    fileprivate static func file(replacing old: [UInt8], by new: [UInt8]) -> [UInt8] {
        var forge = Forge()
        let root = forge.header(group().map { $0 == old ? new : $0 })
        return forge.finish(root: root)
    }
}

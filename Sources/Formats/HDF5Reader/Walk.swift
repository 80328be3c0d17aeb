/// Walks through all structures of a file, in the way that libhdf5 does, and notes which rules are violated.
///
/// What it takes of memory and time is bounded by the bytes that are not raw data: no block is read twice.
struct Walk {
    private let image: FileImage
    private(set) var extents: Extents
    /// The root first, each group before its members, these in the order of their names' bytes.
    private(set) var objects: [VerifiedObject] = []
    private(set) var problems: [Problem] = []
    private var met: Set<UInt64> = []

    /// Throws `SystemError` where the file cannot be read.
    init(_ image: FileImage) throws {
        self.image = image
        extents = Extents(byteCount: image.byteCount)
        let root = try attempt("/") { walk in
            let bytes = try image.bytes(0..<min(Superblock.byteCount, image.byteCount))
            let superblock = try Superblock(bytes, length: image.byteCount)
            try walk.extents.claim(0..<bytes.count, of: "/")
            return superblock.root
        }
        guard let root else { return }
        try visit(root, path: "/", depth: 0)
        // What belongs to an object that could not be read would be taken for unused.
        if problems.isEmpty { try account() }
    }

    /// Takes a step; a rule that it violates is noted and gives nil. Throws `SystemError`.
    private mutating func attempt<Result>(_ object: String, _ step: (inout Walk) throws -> Result) throws -> Result? {
        do {
            return try step(&self)
        } catch let rule as Rule {
            note(Problem(rule, at: object))
            return nil
        }
    }

    private mutating func note(_ problem: Problem) {
        if problems.count < Limits.problems { problems.append(problem) }
    }

    /// Walks through the object whose header is at `address`, and all below it.
    private mutating func visit(_ address: UInt64, path: String, depth: Int) throws {
        let messages = try attempt(path) { walk in
            guard walk.met.insert(address).inserted else { throw Rule.objectLinkedTwice }
            guard depth < Limits.depth, path.utf8.count <= Limits.path else { throw Rule.objectDepth }
            guard walk.met.count <= Limits.objects else { throw Rule.objectCount }
            return try walk.messages(address, of: path)
        }
        guard let messages else { return }
        var parts = ObjectParts()
        for message in messages { _ = try attempt(path) { _ in try parts.add(message) } }
        guard let kind = try attempt(path, { walk in try walk.kind(parts, of: path) }) ?? nil else { return }
        objects.append(VerifiedObject(path: path, kind: kind, attributes: parts.attributes.sorted { $0.name.precedes($1.name) }))
        for link in parts.links.sorted(by: { $0.name.precedes($1.name) }) {
            // A hostile file may have any number of them.
            if met.count > Limits.objects { return }
            try visit(link.address, path: path == "/" ? "/\(link.name)" : "\(path)/\(link.name)", depth: depth + 1)
        }
    }

    /// What an object is, its elements being claimed; nil for a dataset with a message that violates a rule, which has been noted.
    private mutating func kind(_ parts: ObjectParts, of path: String) throws -> VerifiedObject.Kind? {
        guard try parts.isDataset() else { return .group }
        guard let space = parts.space, let type = parts.type, let layout = parts.layout else { return nil }
        let (size, overflows) = space.count.multipliedReportingOverflow(by: type.byteCount)
        guard !overflows, layout.byteCount == size else { throw Rule.layoutSize }
        guard size > 0 else { return .dataset(VerifiedDataset(type: type, shape: space.shape, extent: 0..<0)) }
        let extent = try extents.range(layout.address, layout.byteCount)
        try extents.claim(extent, isRawData: true, of: path)
        return .dataset(VerifiedDataset(type: type, shape: space.shape, extent: extent))
    }

    /// The messages of the header at `address`, in all its blocks.
    private mutating func messages(_ address: UInt64, of path: String) throws -> [Message] {
        let start = try extents.range(address, 1).lowerBound
        let prefix = try HeaderPrefix(image.bytes(start..<start + min(HeaderPrefix.greatest, image.byteCount - start))[...])
        let (size, overflows) = prefix.messages.addingReportingOverflow(UInt64(prefix.byteCount + Lookup3.byteCount))
        if overflows { throw Rule.extentOutside }
        let block = try block(address, size, of: path)
        guard Lookup3.isRight(block) else { throw Rule.headerChecksum }
        var messages = try Message.list(block.dropFirst(prefix.byteCount).dropLast(Lookup3.byteCount)), next = 0
        while next < messages.count {
            if messages[next].kind == .continuation {
                let continuation = try Continuation(messages[next].body)
                let block = try self.block(continuation.address, continuation.byteCount, of: path)
                messages += try Message.list(Continuation.messages(block))
            }
            next += 1
        }
        return messages
    }

    /// The bytes of a structure, which belong to nothing else.
    private mutating func block(_ address: UInt64, _ byteCount: UInt64, of path: String) throws -> [UInt8] {
        let range = try extents.range(address, byteCount)
        try extents.claim(range, of: path)
        return try image.bytes(range)
    }

    /// Sees to it that every byte belongs to one thing, or to none and is zero.
    private mutating func account() throws {
        let (overlaps, unused) = extents.finish()
        overlaps.forEach { note($0) }
        // libhdf5 takes room for small structures and small datasets in blocks of 2 KiB, and leaves what it does not use as it was: zero.
        guard unused.reduce(0, { $0 + $1.count }) <= Limits.metadata else { return note(Problem(.metadataSize, at: "/")) }
        for range in unused where try !image.bytes(range).isZero { note(Problem(.unusedBytes, at: "/")) }
    }
}

extension String {
    /// Whether this name comes first in the order of bytes.
    fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}

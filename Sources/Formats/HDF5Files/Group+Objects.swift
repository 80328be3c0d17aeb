import CHDF5

/// What a link leads to.
public enum ObjectKind: Equatable, Sendable {
    case group, dataset
    /// A type with a name, which this library neither writes nor needs.
    case namedType
    /// A soft, external or user-defined link, which is never followed.
    case link
    /// A second hard link to an object that was met before.
    case alias
}

/// An object found in a file.
public struct ObjectEntry: Equatable, Sendable {
    /// The path from the group that was searched, without a leading `/`, such as `weights/fc.bias`.
    public let path: String
    public let kind: ObjectKind
}

extension Group {
    /// The deepest nesting of groups that is searched; nobody's file needs more, and a hostile one may have any.
    public static let greatestDepth = 64

    /// What the member `name` is; nil for none. Throws `HDF5Error` where the file is damaged.
    public func kind(of name: String) throws -> ObjectKind? {
        guard try hasLink(name) else { return nil }
        let place = place.member(name)
        guard try place.check("H5Lget_info", chdf5_is_hard_link(identifier, name)) > 0 else { return .link }
        return try Self.kind(place.open("H5Oopen", H5Oopen(identifier, name, defaults)), at: place)
    }

    /// All that is below this group: each group, then what it holds, in the order of the names' bytes.
    ///
    /// Throws `HDF5Error` where the file is damaged or nested too deeply.
    public func objects() throws -> [ObjectEntry] {
        var entries: [ObjectEntry] = []
        var met: Set = [try Self.address(of: identifier, at: place)]
        try search(prefix: "", depth: 0, entries: &entries, met: &met)
        return entries
    }

    /// Copies the member `name`, with all below it and its attributes, into `target`, which may be of another file. A copy of a copy has the same bytes.
    ///
    /// Throws `HDF5Error` for a member that is missing or holds links to elsewhere.
    public func copy(_ name: String, into target: Group) throws {
        let (handle, place) = try open(name)
        guard H5Iget_type(handle.id) == H5I_GROUP else { return try copyDataset(name, into: target) }
        let source = Group(file: file, handle: handle, path: place.object), objects = try source.objects()
        if let foreign = objects.first(where: { $0.kind == .link || $0.kind == .alias }) { throw place.member(foreign.path).error("is a link, which is not copied") }
        try source.copyMembers(into: target.createGroup(name))
    }

    /// Groups are made anew: H5Ocopy gives the messages of a group's header an order that depends on how the group was made.
    private func copyMembers(into target: Group) throws {
        for name in try attributeNames() { try openAttribute(name).copy(name, to: target) }
        for name in try names() {
            if try kind(of: name) == .group { try group(name).copyMembers(into: target.createGroup(name)) } else { try copyDataset(name, into: target) }
        }
    }

    /// Datasets too are made anew: H5Ocopy frees a type twice where the disk fails.
    private func copyDataset(_ name: String, into target: Group) throws {
        let source = try dataset(name)
        switch source.elementType {
        case .unsupported, .variableString: throw source.error("is \(source.elementType), which is not copied")
        default: break
        }
        let made = try target.createDataset(name, type: source.type.id, shape: source.shape)
        try made.copyElements(of: source)
        for attribute in try source.attributeNames() { try source.openAttribute(attribute).copy(attribute, to: made) }
    }

    private func search(prefix: String, depth: Int, entries: inout [ObjectEntry], met: inout Set<haddr_t>) throws {
        guard depth < Self.greatestDepth else { throw error("groups are nested more than \(Self.greatestDepth) deep") }
        for name in try names() {
            let path = prefix + name
            let place = try newMember(name)
            guard try place.check("H5Lget_info", chdf5_is_hard_link(identifier, name)) > 0 else {
                entries.append(ObjectEntry(path: path, kind: .link))
                continue
            }
            let handle = try place.open("H5Oopen", H5Oopen(identifier, name, defaults))
            guard met.insert(try Self.address(of: handle.id, at: place)).inserted else {
                entries.append(ObjectEntry(path: path, kind: .alias))
                continue
            }
            let kind = try Self.kind(handle, at: place)
            entries.append(ObjectEntry(path: path, kind: kind))
            if kind == .group {
                let group = Group(file: file, handle: handle, path: place.object)
                try group.search(prefix: path + "/", depth: depth + 1, entries: &entries, met: &met)
            }
        }
    }

    private static func kind(_ handle: Handle, at place: Place) throws -> ObjectKind {
        switch H5Iget_type(handle.id) {
        case H5I_GROUP: .group
        case H5I_DATASET: .dataset
        case H5I_DATATYPE: .namedType
        default: throw place.error("is of an unknown kind")
        }
    }

    private static func address(of identifier: hid_t, at place: Place) throws -> haddr_t {
        var address = haddr_t()
        try place.check("H5Oget_info", chdf5_address(identifier, &address))
        return address
    }
}

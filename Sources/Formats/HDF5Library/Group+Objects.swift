import CHDF5
import HDF5Types

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

    public func holdsDataset(_ name: String) throws -> Bool { try kind(of: name) == .dataset }

    /// All that is below this group: each group, then what it holds, in the order of the names' bytes.
    ///
    /// Throws `HDF5Error` where the file is damaged or nested too deeply.
    public func objects() throws -> [ObjectEntry] {
        var entries: [ObjectEntry] = []
        var met: Set = [try Self.address(of: identifier, at: place)]
        try search(prefix: "", depth: 0, entries: &entries, met: &met)
        return entries
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

import CHDF5
import HDF5Types

/// A group: a folder of datasets and groups. Names have no `/`; where objects are looked up a path of several names does as well.
public final class Group: HDF5Object, ReadableGroup {
    public let file: File
    public let path: String
    public var identifier: hid_t { handle.id }

    private let handle: Handle

    init(file: File, handle: Handle, path: String) {
        self.file = file
        self.handle = handle
        self.path = path
    }

    /// A new group `name`. Throws `HDF5Error`, as where the name is taken.
    @discardableResult
    public func createGroup(_ name: String) throws -> Group {
        let place = try newMember(name)
        let creation = try place.open("H5Pcreate", H5Pcreate(chdf5_group_creation()))
        try Self.keepCompact(creation, at: place)
        let group = try place.open("H5Gcreate2", H5Gcreate2(identifier, name, defaults, creation.id, defaults))
        return Group(file: file, handle: group, path: place.object)
    }

    /// The group at `path` below this one. Throws `HDF5Error` for what is missing, no group, or reached by another link than a hard one.
    public func group(_ path: String) throws -> Group {
        let (handle, place) = try open(path)
        guard H5Iget_type(handle.id) == H5I_GROUP else { throw place.error("is no group") }
        return Group(file: file, handle: handle, path: place.object)
    }

    /// The dataset at `path` below this one.
    ///
    /// Throws `HDF5Error` for what is missing, no dataset, reached by another link than a hard one, kept outside the file, or larger than the file.
    public func dataset(_ path: String) throws -> Dataset {
        let chunk: Int
        do {
            let (handle, place) = try open(path)
            guard H5Iget_type(handle.id) == H5I_DATASET else { throw place.error("is no dataset") }
            let dataset = try Dataset(file: file, handle: handle, path: place.object)
            if dataset.chunkByteCount <= Dataset.usualCache { return dataset }
            chunk = dataset.chunkByteCount
        }
        // Opened anew, which is when a cache can be had that holds a chunk: without one each read of some rows would unpack all of it.
        let place = place.member(path), access = try place.open("H5Pcreate", H5Pcreate(chdf5_dataset_access()))
        try place.check("H5Pset_chunk_cache", H5Pset_chunk_cache(access.id, 1, min(chunk, Dataset.largestCache), 1))
        return try Dataset(file: file, handle: place.open("H5Dopen2", H5Dopen2(identifier, path, access.id)), path: place.object)
    }

    /// Whether there is an object, or a link of any kind, at `path` below this group. Throws `HDF5Error` where the file is damaged.
    public func contains(_ path: String) throws -> Bool {
        var names = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let last = names.removeLast()
        var parent = self
        for name in names {
            guard try parent.kind(of: name) == .group else { return false }
            parent = try parent.group(name)
        }
        return try parent.hasLink(last)
    }

    /// The members' names in the order of their bytes. Throws `HDF5Error` for one that is not UTF-8.
    public func names() throws -> [String] {
        var found: [String?] = []
        try withUnsafeMutablePointer(to: &found) { found in
            _ = try place.check("H5Literate", chdf5_links(identifier, { context, name in
                guard let name, let found = context?.assumingMemoryBound(to: [String?].self) else { return }
                found.pointee.append(String(validatingCString: name))
            }, found))
        }
        return try found.map { name in
            guard let name else { throw place.error("a member's name is not UTF-8") }
            return name
        }
    }
}

extension Group {
    /// Has a new group keep its links and attributes in its header, for ever, and no times.
    static func keepCompact(_ creation: Handle, at place: Place) throws {
        try place.check("H5Pset_link_phase_change", H5Pset_link_phase_change(creation.id, UInt32(UInt16.max), 0))
        try keepAttributesCompact(creation, at: place)
    }

    /// Has a new object keep its attributes in its header, for ever, and no times.
    static func keepAttributesCompact(_ creation: Handle, at place: Place) throws {
        try place.check("H5Pset_attr_phase_change", H5Pset_attr_phase_change(creation.id, UInt32(UInt16.max), 0))
        try place.check("H5Pset_obj_track_times", H5Pset_obj_track_times(creation.id, false))
    }

    /// The place of a member that is about to be made. Throws `HDF5Error` for a name that would be a path.
    func newMember(_ name: String) throws -> Place {
        let isName = !name.isEmpty && name != "." && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
        guard isName else { throw place.error("\"\(name)\" cannot be an object's name") }
        return place.member(name)
    }

    /// Whether there is a link `name`, of any kind.
    func hasLink(_ name: String) throws -> Bool {
        let place = try newMember(name)
        return try place.check("H5Lexists", H5Lexists(identifier, name, defaults)) > 0
    }

    /// Opens the object at `path`, one name after the other, so that no link is followed that leads elsewhere.
    func open(_ path: String) throws -> (Handle, Place) {
        var (handle, place): (Handle?, Place) = (nil, self.place)
        for name in path.split(separator: "/", omittingEmptySubsequences: false).map(String.init) {
            let parent = handle.map { Group(file: file, handle: $0, path: place.object) } ?? self
            place = parent.place.member(name)
            guard try parent.hasLink(name) else { throw place.error("is missing") }
            guard try place.check("H5Lget_info", chdf5_is_hard_link(parent.identifier, name)) > 0 else {
                throw place.error("is a link to elsewhere, which is not followed")
            }
            handle = try place.open("H5Oopen", H5Oopen(parent.identifier, name, defaults))
        }
        guard let handle else { throw place.error("is missing") }
        return (handle, place)
    }
}

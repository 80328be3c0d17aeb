import HDF5Types

/// A group of a verified file. Where objects are looked up, a path of several names does as well as one.
public struct StoredGroup: StoredObject, ReadableGroup {
    public let file: VerifiedFile
    public let object: VerifiedObject

    init(_ file: VerifiedFile, _ object: VerifiedObject) { (self.file, self.object) = (file, object) }

    /// The group at `path` below this one. Throws `HDF5Error` for what is missing or no group.
    public func group(_ path: String) throws -> StoredGroup {
        let found = try find(path)
        guard found.dataset == nil else { throw place.member(path).error("is no group") }
        return StoredGroup(file, found)
    }

    /// The dataset at `path` below this one. Throws `HDF5Error` for what is missing or no dataset.
    public func dataset(_ path: String) throws -> StoredDataset {
        let found = try find(path)
        guard let dataset = found.dataset else { throw place.member(path).error("is no dataset") }
        return StoredDataset(file, found, dataset)
    }

    /// Whether there is an object at `path` below this group.
    public func contains(_ path: String) -> Bool { file[place.member(path).object] != nil }

    public func holdsDataset(_ name: String) -> Bool { file[place.member(name).object]?.dataset != nil }

    /// The members' names in the order of their bytes.
    public func names() -> [String] { file.members(path) }

    /// All that is below this group: each group, then what it holds, in the order of the names' bytes.
    public func objects() -> [VerifiedObject] {
        let prefix = path == "/" ? "/" : path + "/"
        return file.objects.filter { $0.path.hasPrefix(prefix) && $0.path != path }
    }

    /// The object at `path` below this group. Throws `HDF5Error`, which names the first on the way that is missing.
    private func find(_ path: String) throws(HDF5Error) -> VerifiedObject {
        var place = place
        for name in path.split(separator: "/", omittingEmptySubsequences: false) {
            place = place.member(String(name))
            if file[place.object] == nil { throw place.error("is missing") }
        }
        guard let object = file[place.object] else { throw place.error("is missing") }
        return object
    }
}

extension VerifiedFile {
    /// The group that holds all others.
    public var root: StoredGroup { StoredGroup(self, objects[0]) }
}

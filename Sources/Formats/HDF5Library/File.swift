import CHDF5
import HDF5Types
import Platform
import SystemFiles

/// An open HDF5 file. Neither it nor its objects may be used by two threads at a time.
///
/// What is written is plain HDF5 of few kinds of bytes, and equal calls give equal bytes: superblock version 2, links and attributes compact in their
/// object's header, contiguous datasets without filters, no times.
public final class File {
    /// The file as the user named it.
    public let name: String
    /// The size in bytes of a file that is read; nothing in it can be larger. 0 for one that is being written.
    public let byteCount: Int

    let handle: Handle
    var place: Place { Place(file: name, object: "/") }

    /// Opens a file to read it.
    ///
    /// Throws `SystemError` for a file that is missing, a folder or may not be read; `HDF5Error` for one that is no HDF5 file, or truncated.
    public convenience init(reading path: String) throws { try self.init(reading: Descriptor(opening: path, O_RDONLY | O_NONBLOCK)) }

    /// Opens the very file that `file` is, whatever has taken its name since. Throws as `init(reading:)` of a path does.
    public init(reading file: Descriptor) throws {
        name = file.path
        let status = try file.status()
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(path: name, what: "cannot read", errno: EISDIR) }
        let place = Place(file: name, object: "/")
        guard status.st_mode & S_IFMT == S_IFREG else { throw place.error("is no regular file, as HDF5 needs") }
        byteCount = Int(status.st_size)
        try Library.start()
        let path = "/dev/fd/\(file.number)"
        guard H5Fis_hdf5(path) != 0 else { throw place.error("is not an HDF5 file") }
        let access = try Self.access(place)
        handle = try place.open("H5Fopen", H5Fopen(path, chdf5_read_only(), access.id))
    }

    /// Begins a new file at `path`, emptying what stands there; messages speak of `name`. `replace(_:body:)` is the safe way to use it.
    ///
    /// Throws `HDF5Error`, also for a file that cannot be created.
    public init(creating path: String, named name: String? = nil) throws {
        self.name = name ?? path
        byteCount = 0
        let place = Place(file: self.name, object: "/")
        let access = try Self.access(place)
        let creation = try place.open("H5Pcreate", H5Pcreate(chdf5_file_creation()))
        try Group.keepCompact(creation, at: place)
        handle = try place.open("H5Fcreate", H5Fcreate(path, chdf5_truncate(), creation.id, access.id))
    }

    /// Replaces the file at `path` by a new one that `body` fills, whole or not at all (see `AtomicFile`). Gives what `body` gives.
    ///
    /// Throws `SystemError` or `HDF5Error`, and what `body` throws; the old file then stands as it was.
    public static func replace<Result>(_ path: String, body: (File) throws -> Result) throws -> Result {
        try AtomicFile.replace(path) { temporary in
            let file = try File(creating: temporary, named: path)
            let result = try body(file)
            try file.close()
            return result
        }
    }

    /// The group that holds all others.
    public var root: Group { Group(file: self, handle: handle, path: "/") }

    /// Closes the file and every object of it; all bytes are then with the system. Throws `HDF5Error`, as for a full disk.
    public func close() throws {
        try place.check("H5Fclose", H5Fclose(handle.take()))
    }

    /// How files are opened: closed with all their objects, in a format that HDF5 1.8 reads, also where a file system has no locks.
    private static func access(_ place: Place) throws -> Handle {
        let list = try place.open("H5Pcreate", H5Pcreate(chdf5_file_access()))
        try place.check("H5Pset_fclose_degree", H5Pset_fclose_degree(list.id, H5F_CLOSE_STRONG))
        try place.check("H5Pset_libver_bounds", H5Pset_libver_bounds(list.id, H5F_LIBVER_V18, H5F_LIBVER_V110))
        try place.check("H5Pset_file_locking", H5Pset_file_locking(list.id, true, true))
        // Elements go to the system when they are written: what is kept back is written when a dataset is let go, where nobody learns of a failure.
        try place.check("H5Pset_sieve_buf_size", H5Pset_sieve_buf_size(list.id, 0))
        return list
    }
}

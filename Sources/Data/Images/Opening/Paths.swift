import Platform
import SystemFiles

/// What the readers ask of the file system.
enum Paths {
    /// The bytes of the regular file at `path`. Throws `ImageError`, before memory is taken where the file is longer than `limit` bytes.
    static func contents(of path: String, limit: Int) throws -> [UInt8] {
        let (file, size) = try open(path)
        guard size <= limit else { throw ImageError(path, "\(size) bytes, more than the \(limit) that are read") }
        return try translated(path) { try FileBytes.readAll(file, limit: limit) }
    }

    /// The regular file at `path`, and its size in bytes. Throws `ImageError`; a pipe is not waited for.
    static func open(_ path: String) throws -> (file: Descriptor, size: Int) {
        let file = try translated(path) { try Descriptor(opening: path, O_RDONLY | O_NONBLOCK) }, status = try translated(path) { try file.status() }
        guard status.st_mode & S_IFMT == S_IFREG else { throw ImageError(path, "not a regular file", kind: .noInput) }
        return (file, Int(status.st_size))
    }

    /// The first `count` bytes of an open file, or all of a shorter one. Throws `ImageError`.
    static func start(of file: Descriptor, _ path: String, _ count: Int) throws -> [UInt8] {
        try translated(path) {
            try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in initialized = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0) }
        }
    }

    /// What `body` gives; an error of the system's becomes one of the data set's.
    static func translated<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as SystemError { throw failure(path, error.errno) }
    }

    /// The names in a folder, sorted by their bytes, without those that begin with a dot. Throws `ImageError`.
    static func names(in folder: String) throws -> [String] {
        guard let directory = opendir(folder) else { throw failure(folder, errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) { String(cString: $0) }
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    static func isFolder(_ path: String) -> Bool { kind(path) == S_IFDIR }

    static func exists(_ path: String) -> Bool { kind(path) != nil }

    static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    /// The kind of what a path leads to, nil where it leads nowhere.
    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    private static func failure(_ path: String, _ code: Int32) -> ImageError {
        ImageError(path, String(cString: strerror(code)), kind: code == ENOENT || code == ENOTDIR ? .noInput : .inputOutput)
    }
}

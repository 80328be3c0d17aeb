#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the readers ask of the file system.
enum Paths {
    /// The bytes of the regular file at `path`. Throws `ImageError`, before memory is taken where the file is longer than `limit` bytes.
    static func contents(of path: String, limit: Int) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path, errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw ImageError(path, "not a regular file", kind: .noInput) }
        let size = Int(status.st_size)
        guard size <= limit else { throw ImageError(path, "\(size) bytes, more than the \(limit) that are read") }
        return try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = read(descriptor, buffer.baseAddress! + count, size - count)
                if got == 0 { break }
                if got < 0 && errno == EINTR { continue }
                guard got > 0 else { throw failure(path, errno) }
                count += got
            }
        }
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

    static func isFile(_ path: String) -> Bool { kind(path) == S_IFREG }

    static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The kind of what a path leads to, nil where it leads nowhere.
    private static func kind(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
    }

    static func failure(_ path: String, _ code: Int32) -> ImageError {
        ImageError(path, String(cString: strerror(code)), kind: code == ENOENT || code == ENOTDIR ? .noInput : .inputOutput)
    }
}

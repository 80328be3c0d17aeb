import Platform

/// Whole files as bytes.
public enum FileBytes {
    /// The bytes of the file, pipe or device at `path`, or of standard input for `-`.
    ///
    /// Throws `SystemError`: what the system says, `EISDIR` for a folder, `EFBIG` for more than `limit` bytes.
    public static func read(_ path: String, limit: Int) throws -> [UInt8] {
        let file = try path == "-" ? Descriptor(duplicating: 0, named: "standard input") : Descriptor(opening: path, O_RDONLY)
        return try readAll(file, limit: limit)
    }

    /// The rest of an open file's bytes. `check` is given the first of them before more are read, and throws where they are not what is wanted.
    ///
    /// Throws `SystemError` as `read` does.
    public static func readAll(_ file: Descriptor, limit: Int, check: ([UInt8]) throws -> Void = { _ in }) throws -> [UInt8] {
        let status = try file.status()
        if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(path: file.path, what: "cannot read", errno: EISDIR) }
        let tooLarge = SystemError(path: file.path, what: "is larger than \(limit) bytes", errno: EFBIG)
        if Int(status.st_size) > limit { throw tooLarge }
        // The size is a hint: a pipe has none, and a file may be growing.
        var bytes: [UInt8] = []
        var room = max(Int(status.st_size), 1 << 12) + 1
        while true {
            let before = bytes.count
            let block = try [UInt8](unsafeUninitializedCapacity: room) { buffer, count in count = try fill(buffer, from: file) }
            if before == 0 {
                try check(block)
                bytes = block
            } else {
                bytes += block
            }
            if bytes.count > limit { throw tooLarge }
            if block.count < room { return bytes }
            room = max(bytes.count, 1 << 16)
        }
    }

    /// Reads until `buffer` is full or the file ends; gives the number of bytes.
    private static func fill(_ buffer: UnsafeMutableBufferPointer<UInt8>, from file: Descriptor) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...]))
            if count == 0 { break }
            filled += count
        }
        return filled
    }
}

import Platform

/// An open file, closed with the object that owns it. Interrupted calls are repeated.
public final class Descriptor: Sendable {
    /// The file as the user named it, for messages.
    public let path: String
    /// The system's number for the open file.
    public let number: Int32

    /// Opens `path`, a file being created with `mode` less the umask. Throws `SystemError`.
    public init(opening path: String, _ flags: Int32, mode: mode_t = 0o666, named name: String? = nil) throws {
        self.path = name ?? path
        self.number = Int32(Self.retry { Int(open(path, flags | O_CLOEXEC, mode)) })
        if number < 0 { throw SystemError.last(self.path, flags & O_CREAT == 0 ? "cannot open" : "cannot create") }
    }

    /// A copy of a descriptor that is already open, such as 0 for standard input; its number is `least` or above. Throws `SystemError`.
    public init(duplicating other: Int32, named name: String, least: Int32 = 0) throws {
        path = name
        number = fcntl(other, F_DUPFD_CLOEXEC, least)
        if number < 0 { throw SystemError.last(name, "cannot open") }
    }

    deinit { close(number) }

    /// What the system knows of the file: kind, size in bytes, mode. Throws `SystemError`.
    public func status() throws -> stat {
        var status = stat()
        if fstat(number, &status) != 0 { throw SystemError.last(path, "cannot examine") }
        return status
    }

    /// Reads the next bytes into `buffer`, at most as many as fit; gives their number, 0 at the end. Throws `SystemError`.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = Self.retry { systemRead(number, buffer.baseAddress, buffer.count) }
        if count < 0 { throw SystemError.last(path, "cannot read") }
        return count
    }

    /// Writes all of `bytes`. Throws `SystemError`, with `EPIPE` where the reader has gone and the caller ignores the signal.
    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Self.retry { systemWrite(number, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count) }
            if count < 0 { throw SystemError.last(path, "cannot write") }
            rest = rest.dropFirst(count)
        }
    }

    /// Reads from `offset` on until `buffer` is full or the file ends; gives the number of bytes. Throws `SystemError`.
    public func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = Self.retry { pread(number, buffer.baseAddress! + filled, buffer.count - filled, off_t(offset + filled)) }
            if count < 0 { throw SystemError.last(path, "cannot read") }
            if count == 0 { break }
            filled += count
        }
        return filled
    }

    /// Writes all of `bytes` from `offset` on. Throws `SystemError`.
    public func write(_ bytes: [UInt8], at offset: Int) throws {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { rest in
                Self.retry { pwrite(number, rest.baseAddress! + written, bytes.count - written, off_t(offset + written)) }
            }
            if count < 0 { throw SystemError.last(path, "cannot write") }
            written += count
        }
    }

    /// Waits until what was written is on the disk. Throws `SystemError`.
    public func synchronize() throws {
        // A file system without the notion (EINVAL, EROFS) has nothing to wait for.
        if Self.retry({ Int(fsync(number)) }) == 0 || errno == EINVAL || errno == EROFS { return }
        throw SystemError.last(path, "cannot write")
    }

    /// The call's result, the call being repeated while signals interrupt it.
    static func retry(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}

// The system's calls, whose names the methods of `Descriptor` hide.
private func systemRead(_ number: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int { read(number, bytes, count) }
private func systemWrite(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int { write(number, bytes, count) }

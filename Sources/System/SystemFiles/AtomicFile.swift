import Platform
import Synchronization

/// Replaces a file whole: whoever opens it sees the old bytes or the new ones, also after a crash, and a failure leaves the old ones.
///
/// The new bytes go to a hidden temporary file in the same folder, `.NAME.tmp-PROCESS-NUMBER`, which reaches the disk before it is renamed over the
/// target. A symbolic link is followed; the old file's permissions are kept. A target that cannot be renamed over (a pipe, a terminal,
/// `/dev/stdout`) gets the bytes copied once they are complete; where its reader may go away, the caller ignores `SIGPIPE` to see `EPIPE` thrown.
public enum AtomicFile {
    /// Replaces `path` by what `body` leaves in the file whose path it is given, an empty one that can be sought in. Gives what `body` gives.
    ///
    /// Throws `SystemError` for a folder in the target's place, one that is missing or read-only, or a full disk; and whatever `body` throws.
    /// The temporary file is then gone.
    public static func replace<Result>(_ path: String, body: (_ temporaryPath: String) throws -> Result) throws -> Result {
        let target = try Target(path)
        if target.isFolder || target.last.isEmpty { throw SystemError(path: path, what: "cannot create", errno: EISDIR) }
        if target.descriptor != nil || (target.status != nil && !target.isRegular) { return try copy(to: target, body: body) }
        sweep(target)
        let temporary = try createTemporary(for: target)
        do {
            let result = try body(temporary)
            let file = try Descriptor(opening: temporary, O_RDONLY, named: path)
            if let old = target.status, fchmod(file.number, old.st_mode & 0o7777) != 0 { throw SystemError.last(path, "cannot replace") }
            try file.synchronize()
            if rename(temporary, target.path) != 0 { throw SystemError.last(path, "cannot replace") }
            // The new name reaches the disk too; a folder that may be written but not read has to do without.
            if let folder = try? Descriptor(opening: target.folder, O_RDONLY | O_DIRECTORY, named: path) { try folder.synchronize() }
            return result
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Replaces `path` by `bytes`. Throws `SystemError`.
    public static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
        try replace(path) { try Descriptor(opening: $0, O_WRONLY, named: path).write(bytes) }
    }

    /// Replaces `path` by `bytes`. Throws `SystemError`.
    public static func write(_ bytes: [UInt8], to path: String) throws { try bytes.withUnsafeBytes { try write($0, to: path) } }

    /// Replaces `path` by `text` in UTF-8. Throws `SystemError`.
    public static func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

    /// Replaces `path` by `text` in UTF-8, unless it holds the same. Throws `SystemError`.
    public static func writeIfChanged(_ text: String, to path: String) throws {
        if let old = try? FileBytes.read(path, limit: text.utf8.count), old.elementsEqual(text.utf8) { return }
        try write(text, to: path)
    }

    private static let prefixEnd = ".tmp-"
    private static let made = Atomic<Int>(0)

    /// What the names of the target's temporaries begin with; a long name is cut, for a name has at most 255 bytes.
    private static func prefix(_ target: Target) -> String { "." + String(decoding: target.last.utf8.prefix(200), as: UTF8.self) + prefixEnd }

    private static func createTemporary(for target: Target) throws -> String {
        let number = made.wrappingAdd(1, ordering: .relaxed).newValue
        let path = target.sibling("\(prefix(target))\(getpid())-\(number)")
        // No other process has this number and this one uses it once, so whatever stands there was left by a process long gone.
        unlink(path)
        // A private file's successor is private from its first byte, yet can be written even where the old file could not.
        let mode = target.status.map { $0.st_mode & 0o777 | 0o600 } ?? 0o666
        _ = try Descriptor(opening: path, O_WRONLY | O_CREAT | O_EXCL, mode: mode, named: target.name)
        return path
    }

    /// Removes what processes that no longer exist left of their attempts to replace `path`; `replace` does so too.
    public static func sweep(_ path: String) {
        if let target = try? Target(path) { sweep(target) }
    }

    private static func sweep(_ target: Target) {
        guard let folder = opendir(target.folder) else { return }
        defer { closedir(folder) }
        let prefix = prefix(target)
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            guard name.hasPrefix(prefix), let process = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
                process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            unlink(target.sibling(name))
        }
    }

    /// Copies what `body` wrote to a target that cannot be renamed over.
    private static func copy<Result>(to target: Target, body: (String) throws -> Result) throws -> Result {
        let folder = Environment.variable("TMPDIR") ?? "/tmp"
        var template = Array("\(folder)/aekit-XXXXXX".utf8CString)
        let number = mkstemp(&template)
        let temporary = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if number < 0 { throw SystemError.last(temporary, "cannot create") }
        close(number)
        defer { unlink(temporary) }
        let result = try body(temporary)
        let output = try target.descriptor.map { try Descriptor(duplicating: $0, named: target.name) } ?? Descriptor(opening: target.name, O_WRONLY)
        let input = try Descriptor(opening: temporary, O_RDONLY)
        try withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 16) { block in
            while case let count = try input.read(into: block), count > 0 {
                try output.write(UnsafeRawBufferPointer(rebasing: block[..<count]))
            }
        }
        return result
    }
}

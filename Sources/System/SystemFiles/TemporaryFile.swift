import Platform

/// A file without a name, for what does not fit into memory: its room is free again when the last that reads it is gone, however the program ends.
public struct TemporaryFile {
    /// Open to be written and read.
    public let descriptor: Descriptor
    /// The folder whose disk it takes room of.
    public let folder: String

    /// Makes one in `$TMPDIR`, else in /var/tmp, which unlike /tmp is no memory. Throws `SystemError`.
    public init() throws {
        folder = Environment.variable("TMPDIR") ?? "/var/tmp"
        var template = Array("\(folder)/aekit-XXXXXX".utf8CString)
        let number = mkstemp(&template)
        guard number >= 0 else { throw SystemError.last(folder, "cannot create a temporary file") }
        defer { close(number) }
        unlink(template)
        descriptor = try Descriptor(duplicating: number, named: folder)
    }
}

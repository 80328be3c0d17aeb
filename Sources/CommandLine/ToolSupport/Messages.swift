import Platform
import SystemFiles

/// Text to the two standard streams.
public enum Messages {
    /// A line to standard error. Where that fails there is nobody to tell.
    public static func write(_ line: String) { put(line + "\n", to: STDERR_FILENO) }

    /// A line to standard output. Throws `SystemError`, as for a closed pipe or a full disk.
    public static func output(_ line: String) throws { try output(Array((line + "\n").utf8)) }

    /// Bytes to standard output. Throws `SystemError`, as for a closed pipe or a full disk.
    public static func output(_ bytes: [UInt8]) throws {
        try Descriptor(duplicating: STDOUT_FILENO, named: "standard output").write(bytes.withUnsafeBytes { UnsafeRawBufferPointer($0) })
    }

    /// Whether a stream is a terminal, where progress and colour make sense.
    public static var errorsAreTerminal: Bool { isatty(STDERR_FILENO) == 1 }
    public static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    static func put(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 || errno == EINTR else { return }
            bytes = bytes.dropFirst(max(written, 0))
        }
    }
}

import Platform
import Texts

/// A call of the operating system that failed on a file.
public struct SystemError: Error, Equatable, CustomStringConvertible {
    /// The file as the user named it.
    public let path: String
    /// What could not be done, such as `cannot open`.
    public let what: String
    /// The system's error number, such as `ENOENT`; the tools choose their exit code by it.
    public let errno: Int32

    public init(path: String, what: String, errno: Int32) {
        self.path = path
        self.what = what
        self.errno = errno
    }

    /// One line: `PATH: cannot open: No such file or directory`.
    public var description: String { "\(path.printable): \(what): \(String(cString: strerror(errno)))" }
}

extension SystemError {
    /// The error that the last call of the system left behind.
    static func last(_ path: String, _ what: String) -> SystemError {
        SystemError(path: path, what: what, errno: lastNumber())
    }
}

/// The system's `errno`, whose name the property above hides.
private func lastNumber() -> Int32 { errno }

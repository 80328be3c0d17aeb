import Platform

/// Which file a path leads to, whatever the path's spelling: two equal ones are one file.
public struct FileIdentity: Equatable, Sendable {
    private let device: UInt64, number: UInt64

    /// Nil where the path leads nowhere.
    public init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        (device, number) = (UInt64(truncatingIfNeeded: status.st_dev), UInt64(truncatingIfNeeded: status.st_ino))
    }
}

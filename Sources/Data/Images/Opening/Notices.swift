import Synchronization

/// Lines for the user about what was done with their data, until somebody has told them.
public final class Notices: Sendable {
    private let lines = Mutex<[String]>([])

    public init() {}

    /// Adds a line, once.
    func add(_ line: String) { lines.withLock { if !$0.contains(line) { $0.append(line) } } }

    /// The lines since the last call.
    public func take() -> [String] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}

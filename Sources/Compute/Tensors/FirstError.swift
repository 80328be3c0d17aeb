import Synchronization

/// The error of several threads: the first that is noted.
public final class FirstError: Sendable {
    private let noted = Mutex<(any Error)?>(nil)

    public init() {}

    public var error: (any Error)? { noted.withLock { $0 } }

    public func note(_ error: any Error) { noted.withLock { if $0 == nil { $0 = error } } }

    /// What `body` gives; nil where it throws, which is noted.
    @discardableResult
    public func noting<Result>(_ body: () throws -> Result) -> Result? {
        do { return try body() } catch {
            note(error)
            return nil
        }
    }
}

extension Team {
    /// Runs `body`, in which nobody waits for others, once on every thread. Throws what one of them throws, the first of them.
    public func runThrowing(_ body: (Member) throws -> Void) throws {
        let errors = (0..<size).map { _ in FirstError() }
        run { member in errors[member.index].noting { try body(member) } }
        if let error = errors.lazy.compactMap(\.error).first { throw error }
    }
}

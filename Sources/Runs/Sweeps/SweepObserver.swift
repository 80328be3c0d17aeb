/// Whoever follows a sweep, and may stop it. Threads call it, some at a time.
public protocol SweepObserver: Sendable {
    /// Whether the sweep is to save what it does and end.
    var isStopping: Bool { get }

    /// - Parameters:
    ///   - images: those that each run, the reader first, has had already.
    ///   - total: those of all runs together, over all their epochs.
    func begin(images: [Int], total: Int)

    /// A run has seen so many images, epochs that an earlier start saw included.
    func update(_ run: Int, images: Int)

    /// So many runs had ended before.
    func skip(_ runs: Int)

    /// A run has ended; `line` says how.
    func end(_ run: Int, images: Int, _ line: String)

    /// What ended a run before its end; the others go on.
    func fail(_ error: any Error)
}

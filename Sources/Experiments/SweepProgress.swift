import Synchronization
import ToolSupport

/// How far a sweep is, over all its runs: a bar on a terminal, and a line for each run that has ended. Threads share it.
final class SweepProgress {
    private struct State {
        var bar: ProgressBar
        /// Images done of each run, and the runs that have ended.
        var images: [Int], ended = 0
    }

    private let state: Mutex<State>
    private let total: Int, first: Int, started = Clock.now()
    private let note: @Sendable (String) -> Void

    /// - Parameters:
    ///   - images: those that each run has had already, of `total` for all runs together.
    ///   - note: is given the lines.
    init(images: [Int], total: Int, quiet: Bool, note: @escaping @Sendable (String) -> Void) {
        first = images.reduce(0, +)
        (self.total, self.note) = (total, note)
        state = Mutex(State(bar: ProgressBar(total: total, first: first, quiet: quiet), images: images))
    }

    /// A run has seen so many images, epochs that an earlier start saw included.
    func update(_ run: Int, images: Int) {
        state.withLock { state in
            state.images[run] = images
            let runs = state.images.count, ended = state.ended
            state.bar.update(state.images.reduce(0, +), "\(ended)/\(runs) runs")
        }
    }

    /// So many runs had ended before.
    func skip(_ runs: Int) { state.withLock { $0.ended += runs } }

    /// A run has ended; `line` says how.
    func end(_ run: Int, images: Int, _ line: String) {
        state.withLock { state in
            state.images[run] = images
            state.ended += 1
            state.bar.finish()
            let done = state.images.reduce(0, +), elapsed = Clock.now() - started
            let left = done > first && done < total ? ", \(ProgressBar.time(elapsed * Double(total - done) / Double(done - first))) left" : ""
            note("\(line)  (\(state.ended) of \(state.images.count) runs\(left))")
        }
    }

    func finish() { state.withLock { $0.bar.finish() } }
}

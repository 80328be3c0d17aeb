import Platform
import Sweeps
import Synchronization
import ToolSupport

/// How far a sweep is, over all its runs: a bar on a terminal, and a line for each run that has ended. A signal stops the sweep.
final class SweepProgress: SweepObserver {
    private struct State {
        var bar: ProgressBar?
        /// Images done of each run, those done before this start, and those of all runs together.
        var images: [Int] = [], first = 0, total = 0
        /// The runs that have ended.
        var ended = 0
        var started = Clock.now()
    }

    private let state = Mutex(State())
    private let quiet: Bool

    init(quiet: Bool) { self.quiet = quiet }

    var isStopping: Bool { Signals.pending != 0 }

    func begin(images: [Int], total: Int) {
        let first = images.reduce(0, +)
        state.withLock { $0 = State(bar: ProgressBar(total: total, first: first, quiet: quiet), images: images, first: first, total: total) }
    }

    func update(_ run: Int, images: Int) {
        state.withLock { state in
            state.images[run] = images
            let runs = state.images.count, ended = state.ended
            state.bar?.update(state.images.reduce(0, +), "\(ended)/\(runs) runs")
        }
    }

    func skip(_ runs: Int) { state.withLock { $0.ended += runs } }

    func end(_ run: Int, images: Int, _ line: String) {
        state.withLock { state in
            state.images[run] = images
            state.ended += 1
            state.bar?.finish()
            let done = state.images.reduce(0, +), elapsed = Clock.now() - state.started, left = state.total - done
            let time = done > state.first && left > 0 ? ", \(ProgressBar.time(elapsed * Double(left) / Double(done - state.first))) left" : ""
            if !quiet { Messages.write("aesweep: \(line)  (\(state.ended) of \(state.images.count) runs\(time))") }
        }
    }

    func fail(_ error: any Error) { Command.complain(error) }

    func finish() { state.withLock { $0.bar?.finish() } }
}

import Platform
import Texts

/// One line on a terminal's standard error that says how far long work is: a bar, a text, images a second, time left.
public struct ProgressBar: Sendable {
    private let total: Int, unit: String
    private let enabled: Bool
    private let started = Clock.now()
    private var shown = -1.0, lastWidth = 0
    private let first: Int

    /// - Parameters:
    ///   - total: the images, or whatever `unit` says, to be done, of which `first` were done before.
    ///   - quiet: shows nothing; nor does it where standard error is no terminal.
    public init(total: Int, first: Int = 0, unit: String = "images", quiet: Bool) {
        (self.total, self.first, self.unit) = (total, first, unit)
        enabled = !quiet && Messages.errorsAreTerminal
    }

    /// Shows that so many are done, ten times a second at most.
    public mutating func update(_ done: Int, _ text: @autoclosure () -> String) {
        guard enabled else { return }
        let elapsed = Clock.now() - started
        guard elapsed - shown >= 0.1 else { return }
        shown = elapsed
        let rate = Double(done - first) / max(elapsed, 1e-6), width = 24
        let filled = total > 0 ? width * min(done, total) / total : 0
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        let left = rate > 0 ? Self.time(Double(total - done) / rate) : "?"
        show("\(bar) \(text())  \(Int(rate).grouped) \(unit)/s  \(left) left")
    }

    /// Clears the line.
    public mutating func finish() {
        guard enabled, lastWidth > 0 else { return }
        show("")
        Messages.put("\r", to: STDERR_FILENO)
    }

    private mutating func show(_ line: String) {
        let padding = String(repeating: " ", count: max(0, lastWidth - line.count))
        Messages.put("\r\(line)\(padding)", to: STDERR_FILENO)
        lastWidth = line.count
    }

    /// Seconds as people say them: 8s, 2m05s, 1h02m.
    public static func time(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 1e6).rounded())
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if whole < 60 { return "\(whole)s" }
        return whole < 3600 ? "\(whole / 60)m\(two(whole % 60))s" : "\(whole / 3600)h\(two(whole / 60 % 60))m"
    }
}

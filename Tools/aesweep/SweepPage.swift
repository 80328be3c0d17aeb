import Pages
import Sweeps
import SystemFiles
import Texts
import ToolSupport

/// report.md and report.html of a sweep that has ended.
struct SweepPage {
    let results: SweepResults
    /// The plan as the command line names it, and its folder.
    let plan: String, folder: String
    /// What `--data` said, and the data in words.
    let data: String?, source: String
    let quiet: Bool

    /// Makes figures and pages, or what of them is missing or out of date. Throws `PageError` and `SystemError`, and `Stopped` after a signal.
    func write() throws {
        var bar: ProgressBar?
        defer { bar?.finish() }
        do {
            try report.write { done, count in
                if Signals.pending != 0 { throw Stopped(signal: Signals.pending) }
                if bar == nil { bar = ProgressBar(total: count, unit: "figures", quiet: quiet) }
                bar?.update(done, "figure \(done + 1)/\(count)")
            }
        } catch where Signals.pending != 0 {
            // A terminal's Ctrl-C goes to the tools that draw, too.
            throw Stopped(signal: Signals.pending)
        }
    }

    private var report: Page {
        let isReport = plan == SweepPlan.reportName, ended = results.rows.compactMap { $0 }
        let trained = ended.map(\.run).filter { !$0.isComponents }
        let recipes = Set(trained.map(\.recipe.rawValue)).sorted().joined(separator: ", "), epochs = Set(trained.map(\.epochs)).sorted().map { "\($0)" }.joined(separator: ", ")
        let facts = Page.Facts(title: isReport ? "On auto-encoders: the report, made again" : "A sweep: \(plan.split(separator: "/").last ?? "")", data: source, recipe: "\(recipes), \(epochs) epochs",
                                 readerAccuracy: results.readerAccuracy, isReport: isReport)
        return Page(rows: ended.map(Self.row), facts: facts, further: results.subspaces.isEmpty ? [] : [angles], folder: folder, data: data)
    }

    private static func row(_ row: SweepResults.Row) -> PageRow {
        let run = row.run
        return PageRow(table: run.table, model: run.model, bottleneck: run.bottleneck, klWeight: run.klWeight, reconstructionWeight: run.reconstructionWeight, seed: run.seed,
                         accuracy: row.accuracy, sampledAccuracy: row.sampledAccuracy, reportAccuracy: run.reportAccuracy, testError: row.meanSquaredError,
                         seconds: row.seconds, file: run.fileName)
    }

    private var angles: PageTable {
        func text(_ degrees: [Double]) -> String { degrees.map { $0.fixed(1) }.joined(separator: ", ") }
        return PageTable(
            heading: "Linear auto-encoders beside principal components: angles in degrees",
            columns: ["network", "between the encoder's weight vectors", "between components", "of the encoder's space to the components'", "of the decoder's space to the components'"],
            rows: results.subspaces.map { [$0.file, text($0.weightAngles), text($0.componentAngles), text($0.principalAngles), text($0.decoderAngles)] })
    }
}

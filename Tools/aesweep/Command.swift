import ArgumentParser
import Optimization
import Platform
import Requests
import Sweeps
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aesweep",
        abstract: "Trains and scores all networks of a plan, and writes one table of them.",
        discussion: """
            Examples: aesweep report --data mnist -o report
                      aesweep plan.yaml --seed 1 --seed 2 -o sweep

            The plan is a YAML file, or `report`, the built-in experiment of 25 networks and some beside them, which --print shows. The folder gets a model file a run, reader.h5, \
            results.json and results.csv, and report.html (one file, pictures inside) and report.md with tables and figures. What is there already is not run again: a sweep that was stopped or killed goes on, a finished one changes nothing.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("A plan (.yaml), or report.", valueName: "plan"), completion: .file(extensions: ["yaml", "yml"]))
    var plan: String?
    @OptionGroup var images: DataOptions
    @Option(help: ArgumentHelp("How all runs but the reader are trained, whatever the plan says.", valueName: "name"))
    var recipe: Recipe?
    @Option(help: ArgumentHelp("A seed for all runs, whatever the plan says; may be repeated.", valueName: "n"))
    var seed: [UInt64] = []
    @Option(help: ArgumentHelp("Runs at a time. (default: the processors)", valueName: "n"))
    var jobs: Int?
    @Option(help: ArgumentHelp("Threads of each run; the results do not depend on them. (default: 1)", valueName: "n"))
    var threads: Int?
    @Flag(help: "Drop the rows of an earlier sweep that this plan lacks; its model files stay.")
    var force = false
    @Flag(help: "Print the built-in plan, to begin one's own with, and do nothing else.")
    var print = false
    @Flag(help: "Print what results.json holds.")
    var json = false
    @Option(name: .shortAndLong, help: ArgumentHelp("The folder to fill.", valueName: "folder"), completion: .directory)
    var output: String?
    @OptionGroup var common: CommonOptions

    /// A plan's keys, but for what the command line alone has.
    static func name(of option: RunOption) -> String { [.force, .data].contains(option) ? option.flag : option.key }

    func run() throws {
        if print { return try output(String(SweepPlan.report.dropLast())) }
        guard let name = plan else { throw ToolError.usage("a plan is needed: a .yaml file, or report") }
        guard let folder = output else { throw ToolError.usage("-o is needed: the folder to fill") }
        for (name, value) in [("--jobs", jobs), ("--threads", threads)] {
            let most = TrainingRequest.mostThreads
            if let value, !(1...most).contains(value) { throw ToolError.usage("\(name) is \(value), not within 1 to \(most)") }
        }
        var overrides = SweepPlan.Overrides()
        (overrides.seeds, overrides.recipe) = (seed, recipe)
        let plan = try SweepPlan.named(name, overrides), data = try images.select()
        if let notice = data.notice { note(notice) }
        Signals.watch()
        let sweep = try Sweep(plan, data.source, data.preparation, folder: folder, force: force, jobs: jobs ?? Processors.count, threads: threads ?? 1), progress = SweepProgress(quiet: common.quiet)
        defer { progress.finish() }
        note(data)
        guard let (results, failures) = try sweep.run(progress) else {
            note("stopped and saved; the same command goes on")
            throw Stopped(signal: Signals.pending)
        }
        try output(json ? String(results.json.dropLast()) : results.table)
        // The sweep has the folder's lock.
        try withExtendedLifetime(sweep) {
            try SweepPage(results: results, plan: name, folder: folder, data: images.data, source: data.source.description, quiet: common.quiet).write()
        }
        if let worst = failures.map({ ExitStatus(of: $0).rawValue }).max() { throw ExitCode(worst) }
    }
}

import Optimization
import Requests
import YAMLFiles

/// What a sweep runs: every combination of what each entry of `runs` lists. `Schemas/README.md` specifies the file.
public struct SweepPlan: Sendable {
    public let runs: [SweepRun]
    /// The reader that scores them, always of the report's recipe.
    public let readerEpochs: Int, readerSeed: UInt64
    /// The first training images only; nil for all.
    public let limit: Int?

    /// What the command line sets for all runs, above what the plan says.
    public struct Overrides: Sendable {
        public var seeds: [UInt64] = [], recipe: Recipe?
        public init() {}
    }

    /// The plan in the file at `path`. Throws `SystemError`, and `YAMLError` with the line of what is wrong.
    public init(_ path: String, _ overrides: Overrides = .init()) throws { try self.init(YAMLFile.read(path), overrides) }

    init(_ root: YAMLNode, _ overrides: Overrides) throws {
        let plan = try root.mapping("a plan", keys: SweepEntry.training + ["limit", "reader", "runs"])
        limit = try plan["limit"]?.integer("limit", in: 1...TrainingOptions.largestCount)
        let reader = try plan["reader"]?.mapping("reader", keys: ["epochs", "seed"])
        readerEpochs = try reader?["epochs"]?.integer("epochs", in: SweepEntry.epochs) ?? TrainingOptions().epochs
        readerSeed = UInt64(try reader?["seed"]?.integer("seed", in: 0...Int.max) ?? 0)
        var runs: [SweepRun] = [], names: Set<String> = []
        for node in try plan.required("runs").items("runs") {
            for var run in try SweepEntry(node, defaults: plan, overrides).runs() {
                guard names.insert(run.fileName).inserted else { throw node.error("\(run.fileName) is there already: two runs of a plan differ in model, bottleneck, weights or seed") }
                run.request.limit = limit
                runs.append(run)
            }
        }
        self.runs = runs
    }

    /// The reader's request for a file in `folder`.
    var reader: SweepRun {
        var request = TrainingRequest(output: "")
        (request.model, request.epochs, request.seed, request.recipe, request.limit) = ("reader", readerEpochs, readerSeed, .report, limit)
        request.settle(.init())
        return SweepRun(table: "", model: "reader", bottleneck: 0, klWeight: nil, reconstructionWeight: nil, seed: readerSeed, reportAccuracy: nil, request: request)
    }
}

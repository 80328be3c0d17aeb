import Foundation
import ModelFiles
import Networks
import TestSupport
import Testing

/// Files of every released version of the schema, in Tests/Fixtures: they stay readable, and valid.
@Suite(.serialized) struct ReleasedFilesTests {
    static let folder = Python.root.appendingPathComponent("Tests/Fixtures/schema-1.0")
    static let names = ["conditional", "conv-1", "latents", "reconstructions", "simple-1"]
    static func path(_ name: String) -> String { folder.appendingPathComponent("\(name).h5").path }

    @Test func areAllThere() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter { $0.hasSuffix(".h5") }.sorted()
        #expect(found == Self.names.map { "\($0).h5" })
    }

    @Test(arguments: names) func areValid(name: String) throws {
        let validation = try Validation(Self.path(name))
        #expect(validation.violations == [])
        #expect(try StoredFile(Self.path(name)).version == SchemaVersion(major: 1, minor: 0))
    }

    /// An independent check of the same rules agrees.
    @Test func areValidForAnotherProgram() throws {
        let checker = Python.root.appendingPathComponent("Tools/check-file.py").path
        let script = "import runpy, sys\nsys.argv = sys.argv[1:]\ntry:\n    runpy.run_path(sys.argv[0], run_name='__main__')\nexcept SystemExit as end:\n    print(end.code)"
        #expect(try Python.run(script, [checker] + Self.names.map(Self.path)) == "0\n")
    }

    @Test func sayWhatTheyAlwaysSaid() throws {
        let conv = try StoredFile(Self.path("conv-1")), network = try ModelRecord.network(of: conv), training = try TrainingRecord(conv.root)
        #expect(network.description.architecture == "conv" && network.description.bottleneck == 1)
        #expect(training.state.history.count == 2 && training.images == 96 && training.options.batchSize == 32 && training.state.step == 6)
        let simple = try FileContents(StoredFile(Self.path("simple-1")).root)
        #expect(simple.epochs.map(\.name) == ["001", "002"] && simple.epochs[0].parts == ["latents", "reconstructions", "weights"])
        #expect(simple.latents.map(\.shape) == [[3, 1]] && simple.scores.map(\.name) == ["simple 1"])
        let conditional = try ModelRecord.network(of: StoredFile(Self.path("conditional"))).description
        #expect(conditional.isConditional && conditional.isVariational && conditional.architecture == "tiny-cvae")
        let latents = try LatentRecord.read(StoredFile(Self.path("latents")).root, split: "test")
        #expect(latents.size == 1 && latents.labels == [0, 1, 2])
    }

    /// Weights and losses are the numbers that h5py reads.
    @Test func holdTheNumbersThatOthersRead() throws {
        let script = """
            import h5py, numpy, sys
            with h5py.File(sys.argv[1]) as f:
                print(*(repr(float(numpy.sum(v[()], dtype=numpy.float64))) for v in f["model/weights"].values()), *f["training/history/eval_loss"])
            """
        let printed = try Python.run(script, [Self.path("simple-1")]).split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
        let file = try StoredFile(Self.path("simple-1")), network = try ModelRecord.network(of: file)
        let sums = network.parameters.sorted { $0.name < $1.name }.map { $0.parameter.values.reduce(0.0) { $0 + Double($1) } }
        #expect(printed.count == 6)
        #expect(largestDifference(sums, Array(printed.prefix(4))) < 1e-9)
        #expect(try TrainingRecord(file.root).state.history.map(\.evalLoss) == Array(printed.suffix(2)))
    }
}

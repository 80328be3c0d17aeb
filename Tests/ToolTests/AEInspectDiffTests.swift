import Foundation
import TestSupport
import Testing

/// `aeinspect --diff` as a user sees it.
struct AEInspectDiffTests {
    private let scratch = try! Scratch()

    private func diff(_ arguments: String...) throws -> ToolRun { try Tools.run("aeinspect", arguments) }

    private func changed(_ path: String, _ script: String) throws -> String {
        let other = scratch.path("other.h5")
        try? FileManager.default.removeItem(atPath: other)
        try FileManager.default.copyItem(atPath: path, toPath: other)
        _ = try TrainedModels.python("import h5py, sealing\n" + script, [other])
        return other
    }

    @Test func equalFilesDoNotDiffer() throws {
        let path = try TrainedModels.make("simple", in: scratch)
        let run = try diff(path, "--diff", path)
        #expect(run.status == 0 && run.output == "\(path) and \(path) are equal\n")
        let json = try diff(path, "--diff", path, "--json")
        #expect(json.output == #"{"first":"\#(path)","second":"\#(path)","equal":true,"differences":[]}"# + "\n")
    }

    @Test func everyDifferenceIsNamed() throws {
        let path = try TrainedModels.make("simple", in: scratch)
        let other = try changed(path, """
            path = sys.argv[1]
            bias = h5py.File(path)["model/weights/encoder.0.bias"][()]
            sealing.set_values(path, "model/weights/encoder.0.bias", bias + [0.5, 0])
            sealing.set_attribute(path, "training", "seed", 9)
            """)
        let run = try diff(path, "--diff", other), lines = run.output.split(separator: "\n")
        #expect(run.status == 1 && lines.count == 2)
        #expect(lines.first?.hasPrefix("/model/weights/encoder.0.bias: 1 of 2 numbers differ, by up to 0.") == true)
        #expect(lines.last == "/training@seed: 1 of 1 numbers differ, by up to 9.0")
        #expect(try diff(path, "--diff", other, "--absolute", "10").status == 0)
        #expect(try diff(path, "--diff", other, "--absolute", "1").output.split(separator: "\n").count == 1)
        #expect(try diff(path, "--diff", other, "--relative", "1").status == 0)
    }

    @Test func attributesDiffer() throws {
        let names = ["forged", "text", "type", "shape"].map { scratch.path("\($0).h5") }
        _ = try Python.oracle("""
            import bad_ways, forge, numpy as np
            makers = [bad_ways.changed("/", lambda root: None), bad_ways.attributes("/training", noise="none"), bad_ways.attributes("/training", epochs=np.float64(3)),
                      bad_ways.attributes("/model", input_shape=np.array([1, 1024], np.int64))]
            for path, make in zip(sys.argv[1:], makers):
                open(path, "wb").write(make())
            """, names)
        for (name, line) in zip(names.dropFirst(), ["/training@noise: 'gaussian' against 'none'", "/training@epochs: int64 [] against float64 []", "/model@input_shape: int64 [3] against int64 [2]"]) {
            let run = try diff(names[0], "--diff", name)
            #expect(run.status == 1 && run.output == line + "\n", "\(run.output)\(run.errors)")
        }
    }

    @Test func networksOfOtherFormsDiffer() throws {
        let first = try TrainedModels.make("simple", in: scratch), second = try TrainedModels.make("conv", in: scratch)
        let run = try diff(first, "--diff", second, "--json")
        let script = "import json\nd = json.loads(sys.argv[1])\nprint(d['equal'], sorted({x['kind'] for x in d['differences']}), d['differences'][0]['object'])"
        #expect(try TrainedModels.python(script, [run.output]) == "False ['form', 'missing', 'values'] /latents/test/z\n")
        #expect(run.status == 1)
    }

    @Test func optionsWithoutSenseAreRefused() throws {
        let path = try TrainedModels.make("simple", in: scratch)
        #expect(try diff(path, path, "--diff", path).status == 64)
        #expect(try diff(path, "--absolute", "1").status == 64)
        #expect(try diff(path, "--diff", path, "--relative", "-1").status == 64)
        #expect(try diff(path, "--diff", path, "--tree").status == 64)
        #expect(try diff(path, "--diff", scratch.path("missing.h5")).status == 66)
    }
}

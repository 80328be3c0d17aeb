import Foundation
import ModelFiles
import TestSupport
import Testing

/// `aeinspect --validate` as a user sees it.
struct AEInspectValidateTests {
    private let scratch = try! Scratch()

    @Test func saysThatAFileIsValid() throws {
        let path = try TrainedModels.make("simple", in: scratch)
        let run = try Tools.run("aeinspect", ["--validate", path])
        #expect(run.status == 0 && run.errors == "" && run.output.hasSuffix(": valid\n") && run.output.hasPrefix("\(path): aekit model"))
        let more = try Tools.run("aeinspect", ["--validate", "--history", path])
        #expect(more.status == 0 && more.output.hasPrefix("valid\n\n") && more.output.contains("train loss"))
    }

    @Test func listsAllProblemsOfAllFiles() throws {
        let good = try TrainedModels.make("simple", in: scratch), bad = scratch.path("bad.h5"), cut = scratch.path("cut.h5")
        try FileManager.default.copyItem(atPath: good, toPath: bad)
        _ = try TrainedModels.python("""
            import sealing
            sealing.set_attribute(sys.argv[1], 'training', 'shuffle', 3)
            sealing.set_values(sys.argv[1], 'model/weights/decoder.0.bias', [float('inf')] * 1024)
            """, [bad])
        try Data(contentsOf: URL(fileURLWithPath: good)).prefix(5000).write(to: URL(fileURLWithPath: cut))
        let run = try Tools.run("aeinspect", ["--validate", bad, good, cut])
        let lines = run.output.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
        #expect(run.status == 65 && run.errors == "" && lines.count == 4)
        #expect(lines.first == "\(bad):/model/weights/decoder.0.bias: values: holds 1024 numbers that are not finite, the first inf")
        #expect(lines.dropFirst().first == "\(bad):/training@shuffle: values: is 3, not within 0...1")
        #expect(lines.last == "\(cut):/: truncated: is truncated")
        #expect(try Tools.run("aeinspect", ["--validate", bad, scratch.path("missing.h5")]).status == 66)
    }

    @Test func validatesForPrograms() throws {
        let good = try TrainedModels.make("simple", in: scratch), bad = scratch.path("bad.h5")
        try FileManager.default.copyItem(atPath: good, toPath: bad)
        _ = try TrainedModels.python("import sealing\nsealing.set_attribute(sys.argv[1], 'training', 'shuffle', 3)", [bad])
        let run = try Tools.run("aeinspect", ["--validate", "--json", good, bad])
        let script = "import json\nprint([(entry['valid'], entry['problems']) for entry in json.loads(sys.argv[1])])"
        let expected = "[(True, []), (False, [{'object': '/training@shuffle', 'rule': 'values', 'reason': 'is 3, not within 0...1'}])]\n"
        #expect(try TrainedModels.python(script, [run.output]) == expected)
        #expect(run.status == 65)
    }
}

import Foundation
import HDF5Reader
import ModelFiles
import TestSupport
import Testing

/// That every rule is found broken, where it is, and nothing else; and that h5py finds the same.
@Suite(.serialized) struct ValidationTests {
    private let scratch = try! Scratch()
    private static let rules = FileRule.allCases.map(\.rawValue)

    /// Each file of Tests/Oracle/bad_files.py, and what is found in it: objects and rules.
    private func badFiles() throws -> [(path: String, found: [String])] {
        let printed = try Python.oracle("import bad_files, pathlib, sys\nbad_files.main(pathlib.Path(sys.argv[1]))", [scratch.url.path])
        return printed.split(separator: "\n").map { line in
            let words = line.split(separator: "\t").map(String.init)
            return (scratch.path("\(words[0]).h5"), Array(words.dropFirst()))
        }
    }

    @Test func findsEveryRuleBroken() throws {
        let files = try badFiles()
        #expect(files.count >= 190)
        for (path, found) in files {
            let violations = try Validation(path).violations
            #expect(violations.flatMap { [$0.object, $0.rule] } == found, "\(path)")
        }
        let met = Set(files.flatMap(\.found)), all = Set(Self.rules + Rule.allCases.map(\.rawValue))
        // A pipe is no file of the library's, and so many structures are no small one; the verifier's own tests have them.
        #expect(all.subtracting(met) == ["metadata-size", "object-count", "regular-file"])
    }

    @Test func agreesWithAnotherProgram() throws {
        let script = try String(contentsOf: Python.root.appendingPathComponent("Tests/Oracle/agreement.py"), encoding: .utf8)
        let path = Python.root.appendingPathComponent("Tests/Oracle/agreement.py").path
        let printed = try Python.oracle("__file__ = r'\(path)'\n" + script, [scratch.url.path] + Self.rules)
        #expect(Int(printed.trimmingCharacters(in: .newlines)) ?? 0 >= 70, "\(printed)")
    }

    @Test func saysAllThatIsWrong() throws {
        let path = scratch.path("many.h5")
        try FileManager.default.copyItem(atPath: ReleasedFilesTests.path("simple-1"), toPath: path)
        _ = try Python.oracle("""
            import sealing
            path = sys.argv[1]
            sealing.set_attribute(path, "training", "shuffle", 7)
            sealing.set_values(path, "model/weights/encoder.0.bias", float("nan"))
            sealing.set_values(path, "training/history/epoch", [2, 1])
            """, [path])
        let found = try Validation(path).violations.map { "\($0.object) \($0.rule)" }
        #expect(found == ["/model/weights/encoder.0.bias values", "/training@shuffle values", "/training/history/epoch epochs"])
        #expect(throws: (any Error).self) { _ = try Validation(scratch.path("missing.h5")) }
    }

    @Test func admitsWhatALaterMinorVersionAdds() throws {
        let path = scratch.path("newer.h5")
        let script = """
            import forge, numpy
            root = forge.model()
            root.attributes["schema_version"] = "1.7"
            root.members["notes"] = forge.Group("notes", {"x": forge.Dataset(numpy.zeros(3, "<f8"))})
            open(sys.argv[1], "wb").write(forge.assemble(root))
            """
        _ = try Python.oracle(script, [path])
        #expect(try Validation(path).violations == [])
    }
}

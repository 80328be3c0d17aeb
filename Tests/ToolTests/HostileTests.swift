import Foundation
import TestSupport
import Testing

/// What the tools make of hostile files, inputs and command lines: one line and an exit code, in little time and memory, and nothing left behind.
@Suite struct HostileTests {
    /// `AEKIT_WRITE_EXPECTED=1` writes the expected lines anew.
    @Test func everyLineIsAsExpected() throws {
        let scratch = try Scratch(), expected = Python.root.appendingPathComponent("Tests/Fixtures/hostile.txt")
        let script = "import hostile, pathlib, sys\nhostile.main(*map(pathlib.Path, sys.argv[1:]))"
        let said = try Python.oracle(script, [Tools.folder.path, scratch.url.path])
        if ProcessInfo.processInfo.environment["AEKIT_WRITE_EXPECTED"] != nil { try said.write(to: expected, atomically: true, encoding: .utf8) }
        let lines = said.split(separator: "\n"), wanted = try String(contentsOf: expected, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == wanted.count)
        for (line, other) in zip(lines, wanted) { #expect(line == other) }
    }
}

import TestSupport
import Testing

struct AEInspectTests {
    @Test func namesItsVersion() throws {
        let run = try Tools.run("aeinspect", ["--version"])
        #expect(run.status == 0)
    }
}

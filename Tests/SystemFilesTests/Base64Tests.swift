import SystemFiles
import Testing
import TestSupport
import Texts

struct Base64Tests {
    @Test func agreesWithPython() throws {
        let expected = try Python.run("""
            import base64
            for n in range(70):
                print("-" + base64.b64encode(bytes((i * 7 + n * 31) & 255 for i in range(n))).decode())
            """).split(separator: "\n")
        for count in 0..<70 {
            #expect("-" + (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7 + count * 31) }.base64 == expected[count])
        }
    }
}

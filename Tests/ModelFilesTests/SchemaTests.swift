import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite struct SchemaTests {
    /// The code's table and the published schema are one; `AEKIT_WRITE_SCHEMA=1` writes the file anew from the table.
    @Test func publishedSchemaIsTheCodesTable() throws {
        let url = Python.root.appendingPathComponent("Schemas/aekit-\(Schema.version).json")
        if ProcessInfo.processInfo.environment["AEKIT_WRITE_SCHEMA"] != nil { try Schema.text.write(to: url, atomically: true, encoding: .utf8) }
        #expect(try String(contentsOf: url, encoding: .utf8) == Schema.text)
    }

    @Test func schemaIsJSON() throws {
        let parsed = try #require(try JSONSerialization.jsonObject(with: Data(Schema.text.utf8)) as? [String: Any])
        #expect((parsed["elements"] as? [[String: Any]])?.count == Schema.elements.count)
    }

    @Test func everyPathIsThereOnce() {
        #expect(Set(Schema.elements.map(\.path)).count == Schema.elements.count)
    }
}

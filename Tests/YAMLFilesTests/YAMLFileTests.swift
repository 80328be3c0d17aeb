import Foundation
import TestSupport
import Testing
import YAMLFiles

struct YAMLFileTests {
    private func parse(_ text: String) throws -> YAMLNode { try YAMLFile.parse(Array(text.utf8), path: "plan.yaml") }

    /// The values and their lines.
    private func lines(_ node: YAMLNode) -> String {
        switch node.content {
        case .scalar(let text): "\(text)@\(node.line)"
        case .sequence(let items): "[" + items.map(lines).joined(separator: " ") + "]@\(node.line)"
        case .mapping(let pairs): "{" + pairs.map { "\(lines($0.key)): \(lines($0.value))" }.joined(separator: " ") + "}@\(node.line)"
        }
    }

    @Test func knowsItsLines() throws {
        let node = try parse("# a comment\na: 1\nb:\n  - x\n  - [p, 'q r']\nc: {d: \"e\\n\"}\n")
        #expect(lines(node) == "{a@2: 1@2 b@3: [x@4 [p@5 q r@5]@5]@4 c@6: {d@6: e\n@6}@6}@2")
        #expect(lines(try parse("{\"rows\": [{\"a\": null, \"b\": 1.5}]}")) == "{rows@1: [{a@1: null@1 b@1: 1.5@1}@1]@1}@1")
        #expect(lines(try parse("a: &x [1]\nb: *x\n")) == "{a@1: [1@1]@1 b@2: [1@1]@1}@1")
    }

    @Test(arguments: [
        ("", 1), ("a: [1\nb: 2\n", 2), ("a: 1\n\tb: 2\n", 2), ("a: 1\na: 2\n", 2), ("a: 1\n---\nb: 2\n", 3), ("[a]: 1\n", 1), ("a: *b\n", 1),
        ("a: &x [*x]\n", 1), ("a: 1\nb: \u{1}\n", 2), ("a: 'b\n\n", 3), ("? {a: 1}\n: 2", 1),
    ])
    func refusesWithTheLine(_ text: String, _ line: Int) {
        let error = #expect(throws: YAMLError.self) { _ = try parse(text) }
        #expect(error?.line == line, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("plan.yaml:\(line): ") == true && error?.description.contains("\n") == false)
    }

    /// Aliases of aliases, which stand for a billion values, and lists in lists.
    @Test func refusesWhatGrows() {
        var text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
        for level in 1..<10 { text += "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n" }
        for text in [text, String(repeating: "[", count: 100) + String(repeating: "]", count: 100)] {
            #expect(throws: YAMLError.self) { _ = try parse(text) }
        }
    }

    @Test func bytesThatAreNoText() {
        for bytes in [[0xFF, 0x80, 0x81], [UInt8(ascii: "a"), 0xC3], [0]] as [[UInt8]] {
            #expect(throws: YAMLError.self) { _ = try YAMLFile.parse(bytes, path: "x") }
        }
    }

    @Test func valuesOfTheirKind() throws {
        let map = try parse("n: 3\nx: 0.5\nl: [1, 2]\nm: {}\ne: []\n").mapping("a plan", keys: ["n", "x", "l", "m", "e", "z"])
        #expect(try map.required("n").integer("n", in: 1...3) == 3 && map.required("x").number("x") == 0.5)
        #expect(try map.required("l").items("l").map { try $0.integer("l", in: 0...9) } == [1, 2] && map.required("n").items("n").count == 1)
        #expect(map["z"] == nil)
        func message(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return "nothing"
        }
        #expect(message { _ = try map.required("z") } == "plan.yaml:1: a plan lacks z")
        #expect(message { _ = try map.required("n").integer("n", in: 4...5) } == "plan.yaml:1: n is 3, not within 4 to 5")
        #expect(message { _ = try map.required("x").integer("x", in: 4...5) } == "plan.yaml:2: x is '0.5', not a whole number")
        #expect(message { _ = try map.required("x").number("x", "a number from 1") { $0 >= 1 } } == "plan.yaml:2: x is '0.5', not a number from 1")
        #expect(message { _ = try map.required("l").text("l") } == "plan.yaml:3: l is a list or a mapping, not one value")
        #expect(message { _ = try map.required("m").items("m") } == "plan.yaml:4: m is a mapping, not a list")
        #expect(message { _ = try map.required("e").items("e") } == "plan.yaml:5: e is an empty list")
        #expect(message { _ = try map.node.mapping("a plan", keys: ["n"]) } == "plan.yaml:2: a plan has no key 'x'; it may have n")
        #expect(message { _ = try map.required("n").mapping("n", keys: ["a", "b"]) } == "plan.yaml:1: n is no mapping of a, b")
    }
}

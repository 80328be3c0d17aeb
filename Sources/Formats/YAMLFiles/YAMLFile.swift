import CYAML
import SystemFiles

/// Reads YAML 1.1 over libyaml: one document of scalars, lists and mappings whose keys are scalars. JSON is YAML too.
public enum YAMLFile {
    /// The most bytes that are read, the most values that a document may have once its aliases stand for what they name, and how deep they may lie.
    public static let largestSize = 1 << 22, largestCount = 100_000, largestDepth = 16

    /// The value that the file at `path` holds. Throws `SystemError`, and `YAMLError` for what is no YAML.
    /// - Parameter factor: how many times those limits a file of our own may have.
    public static func read(_ path: String, factor: Int = 1) throws -> YAMLNode {
        try parse(FileBytes.read(path, limit: largestSize * factor), path: path, factor: factor)
    }

    /// The value that `bytes` hold; messages speak of `path`. Throws `YAMLError`.
    public static func parse(_ bytes: [UInt8], path: String, factor: Int = 1) throws(YAMLError) -> YAMLNode {
        try Reader(path: path, largestCount: largestCount * factor).read(bytes)
    }
}

/// One document through libyaml.
private struct Reader {
    let path: String, largestCount: Int

    func read(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
        let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        defer { parser.deallocate() }
        precondition(yaml_parser_initialize(parser) == 1, "out of memory")
        defer { yaml_parser_delete(parser) }
        // libyaml reads from memory that stays where it is until the parser goes.
        let input = UnsafeMutablePointer<UInt8>.allocate(capacity: bytes.count + 1)
        defer { input.deallocate() }
        input.initialize(from: bytes, count: bytes.count)
        yaml_parser_set_input_string(parser, input, bytes.count)
        let node = try document(parser, bytes) { document throws(YAMLError) in
            guard let root = yaml_document_get_root_node(document) else { throw YAMLError(path, line: 1, "holds nothing") }
            var left = largestCount
            return try value(root, document, depth: 0, left: &left)
        }
        return try document(parser, bytes) { document throws(YAMLError) in
            guard let second = yaml_document_get_root_node(document) else { return node }
            throw YAMLError(path, line: Int(second.pointee.start_mark.line) + 1, "a second document begins here, where one is read")
        }
    }

    private func document(_ parser: UnsafeMutablePointer<yaml_parser_t>, _ bytes: [UInt8],
                          _ body: (UnsafeMutablePointer<yaml_document_t>) throws(YAMLError) -> YAMLNode) throws(YAMLError) -> YAMLNode {
        let document = UnsafeMutablePointer<yaml_document_t>.allocate(capacity: 1)
        defer { document.deallocate() }
        guard yaml_parser_load(parser, document) == 1 else {
            let problem = parser.pointee.problem.map { String(cString: $0) } ?? "cannot be read"
            // Where bytes are no text, libyaml knows only which byte.
            let isByte = parser.pointee.error == YAML_READER_ERROR, before = bytes.prefix(parser.pointee.problem_offset)
            let line = isByte ? before.count { $0 == UInt8(ascii: "\n") } : Int(parser.pointee.problem_mark.line)
            throw YAMLError(path, line: line + 1, "is no YAML: \(problem.shown)")
        }
        defer { yaml_document_delete(document) }
        return try body(document)
    }

    private func value(_ node: UnsafeMutablePointer<yaml_node_t>, _ document: UnsafeMutablePointer<yaml_document_t>, depth: Int,
                       left: inout Int) throws(YAMLError) -> YAMLNode {
        let line = Int(node.pointee.start_mark.line) + 1
        left -= 1
        guard left >= 0, depth < YAMLFile.largestDepth else { throw YAMLError(path, line: line, "holds too much, or lies too deep") }
        func child(_ index: Int32) throws(YAMLError) -> YAMLNode {
            guard let child = yaml_document_get_node(document, index) else { throw YAMLError(path, line: line, "cannot be read") }
            return try value(child, document, depth: depth + 1, left: &left)
        }
        let content: YAMLNode.Content
        switch node.pointee.type {
        case YAML_SCALAR_NODE:
            let scalar = node.pointee.data.scalar
            // Long text counts as much as many values: each alias of it is a copy.
            left -= scalar.length / 256
            content = .scalar(String(decoding: UnsafeBufferPointer(start: scalar.value, count: scalar.length), as: UTF8.self))
        case YAML_SEQUENCE_NODE:
            let items = node.pointee.data.sequence.items
            var values: [YAMLNode] = []
            for index in UnsafeBufferPointer(start: items.start, count: items.top - items.start) { values.append(try child(index)) }
            content = .sequence(values)
        default:
            let pairs = node.pointee.data.mapping.pairs
            var values: [(key: YAMLNode, value: YAMLNode)] = [], lines: [String: Int] = [:]
            for pair in UnsafeBufferPointer(start: pairs.start, count: pairs.top - pairs.start) {
                let key = try child(pair.key), name = try key.text("a key")
                if let first = lines.updateValue(key.line, forKey: name) { throw key.error("the key '\(name.shown)' stands in line \(first) already") }
                values.append((key, try child(pair.value)))
            }
            content = .mapping(values)
        }
        return YAMLNode(content, path: path, line: line)
    }
}

extension Schema {
    /// The machine-readable schema: `elements` in JSON, an element a line.
    public static let text: String = {
        let rows = elements.map { "    \(object($0))" }.joined(separator: ",\n")
        return """
            {
              "format": "\(format)", "schema_version": "\(version)",
              "kinds": [\(Kind.allCases.map { quoted($0.rawValue) }.joined(separator: ", "))],
              "every_dataset": ["\(encodingType)", "\(encodingVersion)", "\(digest)"], "every_group": ["\(encodingType)", "\(encodingVersion)"],
              "elements": [
            \(rows)
              ]
            }

            """
    }()

    private static func object(_ element: SchemaElement) -> String {
        var members = [("path", quoted(element.path)), ("encoding", quoted("\(element.encoding.rawValue) \(element.encoding.version)"))]
        if element.required { members.append(("required", "true")) }
        if case .dataset(let types, let shape) = element.kind {
            members.append(("type", list(types.map(quoted))))
            if let shape { members.append(("shape", list(shape.map(axis)))) }
        }
        if !element.attributes.isEmpty {
            members.append(("attributes", "{" + element.attributes.map { attribute in
                "\(quoted(attribute.name)): \(list([quoted(attribute.type)] + attribute.shape.map(axis)))"
            }.joined(separator: ", ") + "}"))
        }
        return "{" + members.map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
    }

    private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
    private static func axis(_ axis: String) -> String { Int(axis) == nil ? quoted(axis) : axis }
    /// The schema's own words need no escapes.
    private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}

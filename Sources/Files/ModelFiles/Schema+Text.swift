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
            if let values = values(element.values) { members.append(("values", values)) }
        }
        for (key, isOptional) in [("attributes", false), ("optional_attributes", true)] {
            let attributes = element.attributes.filter { $0.isOptional == isOptional }
            guard !attributes.isEmpty else { continue }
            members.append((key, "{" + attributes.map { attribute in
                "\(quoted(attribute.name)): \(list([quoted(attribute.type)] + attribute.shape.map(axis)))"
            }.joined(separator: ", ") + "}"))
        }
        let limited = element.attributes.compactMap { attribute in values(attribute.values).map { "\(quoted(attribute.name)): \($0)" } }
        if !limited.isEmpty { members.append(("values", "{" + limited.joined(separator: ", ") + "}")) }
        return "{" + members.map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
    }

    /// `"finite"`, `[least, greatest]`, `[least]` or a list of texts; nil for any value.
    private static func values(_ values: SchemaValues) -> String? {
        switch values {
        case .any: nil
        case .finite: quoted("finite")
        case .range(let least, let greatest): list(([least] + (greatest.map { [$0] } ?? [])).map(SchemaValues.text))
        case .choices(let texts): list(texts.map(quoted))
        }
    }

    private static func list(_ items: [String]) -> String { "[" + items.joined(separator: ", ") + "]" }
    private static func axis(_ axis: String) -> String { Int(axis) == nil ? quoted(axis) : axis }
    /// The schema's own words need no escapes.
    private static func quoted(_ text: String) -> String { "\"\(text)\"" }
}

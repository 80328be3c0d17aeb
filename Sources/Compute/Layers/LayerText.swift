/// Reads layers from their text, as files and architectures list them.
public enum LayerText {
    /// Every layer that a file may list.
    public static let types: [any LayerDescription.Type] = [
        Linear.self, Conv2d.self, ConvTranspose2d.self, BatchNorm2d.self, ReLU.self, Sigmoid.self,
        Flatten.self, Unflatten.self, ConcatLabels.self, Latent.self, Gaussian.self,
    ]

    /// The layer that `text` describes: `Type(arguments)`, arguments separated by commas, integers, `True` or `False`, with or without `name=`.
    /// Throws `LayerError` for anything else.
    public static func parse(_ text: String) throws(LayerError) -> any LayerDescription {
        guard let open = text.firstIndex(of: "("), text.last == ")" else { throw LayerError("'\(shown(text))' is no layer: Type(arguments)") }
        let name = text[..<open]
        guard let type = types.first(where: { $0.type == name }) else {
            throw LayerError("no layer is called '\(shown(name))'; known are \(types.map { $0.type }.joined(separator: ", "))")
        }
        let inside = text[text.index(after: open)..<text.index(before: text.endIndex)]
        var arguments: [LayerArgument] = []
        if !trimmed(inside).isEmpty {
            for part in inside.split(separator: ",", omittingEmptySubsequences: false) { arguments.append(try argument(part, of: type.type)) }
        }
        var reader = ArgumentList(type: type.type, arguments: arguments)
        let layer = try type.init(&reader)
        try reader.finish()
        return layer
    }

    private static func argument(_ text: Substring, of type: String) throws(LayerError) -> LayerArgument {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { trimmed($0) }
        let name = parts.count == 2 ? shown(parts[0]) : nil
        switch parts[parts.count - 1] {
        case "True": return LayerArgument(name: name, value: .boolean(true))
        case "False": return LayerArgument(name: name, value: .boolean(false))
        case let digits:
            guard let integer = Int(digits) else { throw LayerError("\(type): '\(shown(text))' is neither an integer nor True nor False") }
            return LayerArgument(name: name, value: .integer(integer))
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        let start = text.drop { $0 == " " }
        return start.lastIndex { $0 != " " }.map { start[...$0] } ?? start.prefix(0)
    }

    /// Text from a file, cut and without control characters, so that a message stays one line.
    private static func shown(_ text: some StringProtocol) -> String {
        String(text.unicodeScalars.prefix(60).map { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "?"
            default: Character(scalar)
            }
        })
    }
}

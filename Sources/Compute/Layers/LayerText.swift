/// Reads layers from their text, as files and architectures list them, as PyTorch prints them and as Python makes them.
public enum LayerText {
    /// Every layer that a file may list.
    public static let types: [any LayerDescription.Type] = [
        Linear.self, Conv2d.self, ConvTranspose2d.self, BatchNorm1d.self, BatchNorm2d.self, GroupNorm.self, LayerNorm.self, InstanceNorm2d.self,
        ReLU.self, LeakyReLU.self, ELU.self, GELU.self, SiLU.self, Tanh.self, Sigmoid.self, Softplus.self, Hardtanh.self, Identity.self, Dropout.self,
        MaxPool2d.self, AvgPool2d.self, AdaptiveAvgPool2d.self, Upsample.self, PixelShuffle.self, ZeroPad2d.self,
        Flatten.self, Unflatten.self, Scale.self, ConcatLabels.self, Latent.self, Gaussian.self,
    ]

    /// The layer that `text` describes: `Type(arguments)`, arguments separated by commas, with or without `name=`: integers, floats, `True`, `False`,
    /// `None`, words in quotes, and tuples of these in round or square brackets. Throws `LayerError` for anything else.
    public static func parse(_ text: String) throws(LayerError) -> any LayerDescription {
        guard let open = text.firstIndex(of: "("), text.last == ")" else { throw LayerError("'\(shown(text))' is no layer: Type(arguments)") }
        let name = text[..<open]
        guard let type = types.first(where: { $0.type == name }) else {
            throw LayerError("no layer is called '\(shown(name))'; known are \(types.map { $0.type }.joined(separator: ", "))")
        }
        var arguments: [LayerArgument] = []
        for part in parts(text[text.index(after: open)..<text.index(before: text.endIndex)]) { arguments.append(try argument(part, of: type.type)) }
        var reader = ArgumentList(type: type.type, arguments: arguments)
        let layer = try type.init(&reader)
        try reader.finish()
        return layer
    }

    private static func argument(_ text: Substring, of type: String) throws(LayerError) -> LayerArgument {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { trimmed($0) }
        let name = parts.count == 2 ? shown(parts[0]) : nil, written = parts[parts.count - 1]
        guard let first = written.first, let last = written.last, (first == "(" && last == ")") || (first == "[" && last == "]"), written.count > 1 else {
            return LayerArgument(name: name, value: try scalar(written, text, of: type))
        }
        var values: [LayerArgument.Value] = []
        var inside = Self.parts(written.dropFirst().dropLast())
        // `(5,)` is Python's tuple of one.
        if inside.count > 1, inside.last == "" { inside.removeLast() }
        for part in inside { values.append(try scalar(part, text, of: type)) }
        return LayerArgument(name: name, value: .tuple(values))
    }

    private static func scalar(_ written: Substring, _ text: Substring, of type: String) throws(LayerError) -> LayerArgument.Value {
        switch written {
        case "True": return .boolean(true)
        case "False": return .boolean(false)
        case "None": return .nothing
        default:
            if let integer = Int(written) { return .integer(integer) }
            if written.allSatisfy({ "0123456789+-.eE".contains($0) }), let number = Double(written), number.isFinite { return .number(number) }
            if written.count > 1, let quote = written.first, quote == "'" || quote == "\"", written.last == quote {
                return .text(shown(written.dropFirst().dropLast()))
            }
            throw LayerError("\(type): '\(shown(text))' is neither a number nor True, False, None, a 'word' or a tuple of these")
        }
    }

    /// What stands between commas, but for those in brackets.
    private static func parts(_ text: Substring) -> [Substring] {
        guard !trimmed(text).isEmpty else { return [] }
        var parts: [Substring] = [], start = text.startIndex, depth = 0
        for index in text.indices {
            switch text[index] {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "," where depth == 0:
                parts.append(trimmed(text[start..<index]))
                start = text.index(after: index)
            default: break
            }
        }
        return parts + [trimmed(text[start...])]
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

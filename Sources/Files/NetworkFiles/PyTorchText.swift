/// Layers in words of PyTorch's that files do not use: `Linear(in_features=2, out_features=3, bias=True)`, `kernel_size=(3, 3)`.
enum PyTorchText {
    /// Arguments that say what is so anyway; ours have no others.
    private static let usual: [String: Set<String>] = [
        "Linear": ["bias=True"], "Flatten": ["start_dim=1", "end_dim=-1"], "ReLU": ["inplace=True", "inplace=False"],
        "BatchNorm2d": ["eps=1e-05", "eps=1e-5", "momentum=0.1", "affine=True", "bias=True", "track_running_stats=True"],
        "Conv2d": ["dilation=1", "groups=1", "padding_mode='zeros'"], "ConvTranspose2d": ["dilation=1", "groups=1", "padding_mode='zeros'"],
    ]

    /// The layer in the words of `LayerText`; text that is none of PyTorch's stays as it is.
    static func translated(_ text: String) -> String {
        guard let open = text.firstIndex(of: "("), text.last == ")" else { return text }
        let type = String(text[..<open]), inside = text[text.index(after: open)...].dropLast()
        let arguments = split(inside)
        if type == "Unflatten", arguments.count == 2, ["1", "dim=1"].contains(arguments[0]), let open = arguments[1].firstIndex(of: "(") {
            return "Unflatten" + arguments[1][open...]
        }
        let kept = arguments.map(single).filter { !(usual[type]?.contains($0) ?? false) }
        return "\(type)(\(kept.joined(separator: ",")))"
    }

    /// `kernel_size=(3, 3)` as `kernel_size=3`; sizes that differ stay, and are refused.
    private static func single(_ argument: String) -> String {
        guard let open = argument.firstIndex(of: "("), argument.last == ")" else { return argument }
        let sizes = Set(split(argument[argument.index(after: open)...].dropLast()))
        guard let size = sizes.first, sizes.count == 1 else { return argument }
        return argument[..<open] + size
    }

    /// At commas outside of parentheses, without blanks.
    private static func split(_ text: Substring) -> [String] {
        var parts = [""], depth = 0
        for character in text {
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            if character == ",", depth == 0 { parts.append("") } else if character != " " { parts[parts.count - 1].append(character) }
        }
        return parts == [""] ? [] : parts
    }
}

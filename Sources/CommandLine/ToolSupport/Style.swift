import Platform

/// How text on standard output is set off; plain where that is no terminal, or where NO_COLOR is set (no-color.org).
public enum Style: String, Sendable {
    case bold = "1", faint = "2"

    private static let isUsed = Messages.outputIsTerminal && getenv("NO_COLOR") == nil

    public func callAsFunction(_ text: String) -> String { Self.isUsed ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text }
}

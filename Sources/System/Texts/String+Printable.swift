extension String {
    /// The text with control characters escaped (`\n`, `\u{1B}`), so that a name from a stranger's file stays on its line and cannot steer a
    /// terminal.
    public var printable: String {
        guard unicodeScalars.contains(where: \.isControl) else { return self }
        return unicodeScalars.reduce(into: "") { $0 += $1.isControl ? $1.escaped(asASCII: true) : String($1) }
    }
}

extension Unicode.Scalar {
    /// Control characters proper, the line separators, and the marks that reorder text, which make one name look like another.
    fileprivate var isControl: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value) || (0x2028...0x202E).contains(value) || (0x2066...0x2069).contains(value)
    }
}

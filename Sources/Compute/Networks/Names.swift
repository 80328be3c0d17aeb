/// The rule for names, which become those of objects in a file and stand in messages: ASCII letters, digits, `_`, `-` and dots.
public enum Names {
    /// Whether a network may have this name.
    public static func isNetwork(_ name: String) -> Bool { (1...40).contains(name.utf8.count) && name.unicodeScalars.allSatisfy { isOfWord($0) || $0 == "." } }

    /// Whether a layer may have this name: words, joined by dots.
    public static func isLayer(_ name: String) -> Bool {
        name.utf8.count <= 100 && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.unicodeScalars.allSatisfy(isOfWord) }
    }

    private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_" || scalar == "-")
    }
}

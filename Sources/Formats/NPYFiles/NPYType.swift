/// The type of an array's elements, as `descr` says it: `'<f4'` is little-endian float32, `'|u1'` uint8.
public struct NPYType: Sendable, Equatable {
    public enum Kind: Sendable { case float, unsigned, signed, bool, other }

    public let kind: Kind
    /// Bytes of an element; 1 for what is none of the kinds that are numbers.
    public let byteCount: Int
    public let isBigEndian: Bool
    /// As the header has it, quotes and all, as far as it fits into a line.
    public let text: String

    public static let float32 = NPYType("'<f4'"), uint8 = NPYType("'|u1'")

    /// What a header says; another kind than `other` where that is a number of 1, 2, 4 or 8 bytes.
    public init(_ text: String) {
        self.text = String(text.prefix(80))
        let letters = Array(text), kinds: [Character: (Kind, [Int])] = ["f": (.float, [2, 4, 8]), "u": (.unsigned, [1, 2, 4, 8]), "i": (.signed, [1, 2, 4, 8]), "b": (.bool, [1])]
        guard letters.count == 5, letters[0] == "'", letters[4] == "'", let (kind, sizes) = kinds[letters[2]], let size = letters[3].wholeNumberValue, sizes.contains(size),
              size == 1 ? "|<>=".contains(letters[1]) : "<>".contains(letters[1]) else {
            (self.kind, byteCount, isBigEndian) = (.other, 1, false)
            return
        }
        (self.kind, byteCount, isBigEndian) = (kind, size, size > 1 && letters[1] == ">")
    }

    public static func == (a: NPYType, b: NPYType) -> Bool { (a.kind, a.byteCount, a.isBigEndian) == (b.kind, b.byteCount, b.isBigEndian) && (a.kind != .other || a.text == b.text) }
}

/// What is wrong with an array file, in a few words, without its name, which the caller knows.
public struct NPYError: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

/// The literal Python dictionary of a header, as words.
struct NPYDictionary {
    /// Marks, quoted strings, and what stands between them.
    private let words: [String]

    init(_ bytes: ArraySlice<UInt8>) {
        var words: [String] = [], word = "", isQuoted = false
        for character in String(decoding: bytes, as: UTF8.self) {
            let isMark = !isQuoted && "{}(),:[]".contains(character)
            if isMark || (!isQuoted && character.isWhitespace) {
                if !word.isEmpty { words.append(word) }
                word = ""
                if isMark { words.append(String(character)) }
                continue
            }
            if character == "'" { isQuoted.toggle() }
            word.append(character)
        }
        self.words = words
    }

    /// The words between a key's colon and the comma or brace that ends its value.
    subscript(_ key: String) -> [String]? {
        guard let at = words.firstIndex(of: "'\(key)'"), at + 1 < words.count, words[at + 1] == ":" else { return nil }
        var depth = 0
        return Array(words[(at + 2)...].prefix { word in
            if depth == 0, word == "," || word == "}" { return false }
            depth += word == "(" || word == "[" ? 1 : word == ")" || word == "]" ? -1 : 0
            return true
        })
    }
}

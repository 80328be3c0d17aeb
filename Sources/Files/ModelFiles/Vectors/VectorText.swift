import SystemFiles
import Texts

/// Vectors as text: one a line, its numbers separated by commas or by blanks.
///
/// A first line without a number names the columns, of which `label` is left out; empty lines and lines that begin with `#` are passed over.
public enum VectorText {
    /// The numbers of one vector. Throws `VectorTextError` for none, or for what is no finite number.
    public static func numbers(_ text: String) throws(VectorTextError) -> [Float] {
        let fields = fields(Array(text.utf8)[...])
        guard !fields.isEmpty else { throw VectorTextError("no numbers") }
        return try numbers(fields)
    }

    /// The vectors of a whole file. Throws `VectorFileError`, which names the line.
    static func vectors(_ bytes: [UInt8], path: String) throws(VectorFileError) -> (values: [Float], size: Int) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var values: [Float] = [], size: Int?, label: Int?, isFirst = true
        for (number, line) in bytes[(bytes.starts(with: mark) ? mark.count : 0)...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            var fields = fields(line)
            if fields.isEmpty || line.first == UInt8(ascii: "#") { continue }
            defer { isFirst = false }
            if isFirst, fields.allSatisfy({ Float($0) == nil }) {
                label = fields.firstIndex { $0.lowercased() == "label" }
                continue
            }
            if let label, label < fields.count { fields.remove(at: label) }
            do {
                values += try numbers(fields)
            } catch {
                throw VectorFileError(path, "line \(number + 1): \(error)")
            }
            guard fields.count == size ?? fields.count else { throw VectorFileError(path, "line \(number + 1): \(fields.count) numbers, not \(size!) as before") }
            size = fields.count
        }
        guard let size, size > 0 else { throw VectorFileError(path, "holds no vectors") }
        return (values, size)
    }

    private static func numbers(_ fields: [String]) throws(VectorTextError) -> [Float] {
        var numbers: [Float] = []
        for field in fields {
            guard let number = Float(field), number.isFinite else { throw VectorTextError("'\(field.prefix(40))' is no finite number".printable) }
            numbers.append(number)
        }
        return numbers
    }

    /// The fields of a line, without the blanks around them.
    private static func fields(_ line: ArraySlice<UInt8>) -> [String] {
        func isBlank(_ byte: UInt8) -> Bool { byte <= UInt8(ascii: " ") }
        guard !line.allSatisfy(isBlank) else { return [] }
        let isCommas = line.contains(UInt8(ascii: ","))
        let parts = isCommas ? line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) : line.split(whereSeparator: isBlank)
        return parts.map { part in
            let begin = part.drop(while: isBlank)
            return String(decoding: begin.prefix(begin.lastIndex { !isBlank($0) }.map { $0 + 1 - begin.startIndex } ?? 0), as: UTF8.self)
        }
    }
}

/// What is wrong with a vector's text, in a few words.
public struct VectorTextError: Error, Equatable, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}

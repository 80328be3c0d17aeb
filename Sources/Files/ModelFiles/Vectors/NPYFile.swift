/// An array in NumPy's own format, `.npy` (numpy.lib.format, versions 1.0 to 3.0): little-endian float32 or float64 in C order.
public struct NPYFile: Sendable {
    public let shape: [Int]
    /// In row-major order of the shape; float64 is rounded.
    public let values: [Float]

    /// What such a file begins with.
    static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// Reads a whole file's bytes. Throws `VectorFileError` for another type, order or size, before memory is taken.
    public init(_ bytes: [UInt8], path: String) throws(VectorFileError) {
        guard bytes.starts(with: Self.signature), bytes.count >= 10 else { throw VectorFileError(path, "is no .npy file, or a truncated one") }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else { throw VectorFileError(path, "is of .npy version \(bytes[6]).\(bytes[7]); 1.0 to 3.0 are read") }
        // The header's length has two bytes in version 1.0, later four.
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes[8..<min(start, bytes.count)].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard start + length <= bytes.count else { throw VectorFileError(path, "ends within its header") }
        let header = try NPYHeader(bytes[start..<start + length], path: path)
        let data = start + length, width = header.isDouble ? 8 : 4
        var size = width, overflows = false
        for dimension in header.shape {
            let product = size.multipliedReportingOverflow(by: dimension)
            (size, overflows) = (product.partialValue, overflows || product.overflow)
        }
        guard !overflows, size == bytes.count - data else {
            throw VectorFileError(path, "holds \(bytes.count - data) bytes of numbers, which shape \(header.shape) does not have")
        }
        shape = header.shape
        values = bytes.withUnsafeBytes { bytes in
            stride(from: data, to: bytes.count, by: width).map {
                header.isDouble ? Float(bytes.loadUnaligned(fromByteOffset: $0, as: Double.self)) : bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
            }
        }
    }
}

/// The header: a Python dictionary such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`.
private struct NPYHeader {
    var isDouble = false
    var shape: [Int] = []

    init(_ bytes: ArraySlice<UInt8>, path: String) throws(VectorFileError) {
        let words = Self.words(bytes)
        guard let type = Self.value("descr", words), let order = Self.value("fortran_order", words), let shape = Self.value("shape", words) else {
            throw VectorFileError(path, "its header lacks descr, fortran_order or shape")
        }
        guard type == ["'<f4'"] || type == ["'<f8'"] else { throw VectorFileError(path, "its numbers are \(type.joined()), not float32 or float64") }
        guard order == ["False"] else { throw VectorFileError(path, "is in Fortran order; numpy.ascontiguousarray gives C order") }
        isDouble = type == ["'<f8'"]
        for word in shape where !["(", ")", ","].contains(word) {
            guard let size = Int(word), size >= 0 else { throw VectorFileError(path, "its header's shape is \(shape.joined())") }
            self.shape.append(size)
        }
    }

    /// Marks, quoted strings, and what stands between them.
    private static func words(_ bytes: ArraySlice<UInt8>) -> [String] {
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
        return words
    }

    /// The words between a key's colon and the comma or brace that ends its value.
    private static func value(_ key: String, _ words: [String]) -> [String]? {
        guard let at = words.firstIndex(of: "'\(key)'"), at + 1 < words.count, words[at + 1] == ":" else { return nil }
        var depth = 0
        return Array(words[(at + 2)...].prefix { word in
            if depth == 0, word == "," || word == "}" { return false }
            depth += word == "(" || word == "[" ? 1 : word == ")" || word == "]" ? -1 : 0
            return true
        })
    }
}

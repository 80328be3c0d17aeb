/// What stands before the numbers of an array in NumPy's own format, `.npy` (numpy.lib.format, versions 1.0 to 3.0): a signature, the version, the length of
/// a Python dictionary such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }`, and this, padded to a multiple of 64 bytes.
public struct NPYHeader: Sendable, Equatable {
    public let type: NPYType
    /// Whether the first axis and not the last is the fastest.
    public let isFortranOrder: Bool
    /// The dimensions; [] for a scalar.
    public let shape: [Int]
    /// Where the numbers begin, in bytes from the file's first.
    public let offset: Int

    /// What such a file begins with.
    public static let signature: [UInt8] = [0x93] + Array("NUMPY".utf8)
    /// So many bytes of a file, or all of a shorter one, hold any header that is read. NumPy's own are rarely above 128.
    public static let largest = 1 << 16

    private static let mostAxes = 64

    /// Words of a header for a message, not more than fit into a line.
    private static func shown(_ words: [String]) -> String { String(words.joined().prefix(80)) }

    /// The numbers of the array, and their bytes.
    public var count: Int { shape.reduce(1, *) }
    public var byteCount: Int { count * type.byteCount }

    /// The header at the beginning of a file's bytes. Throws `NPYError` for what is no such header, for one that goes on beyond them, and for a shape whose bytes
    /// no Int counts.
    public init(_ bytes: some RandomAccessCollection<UInt8>) throws(NPYError) {
        let bytes = Array(bytes.prefix(Self.largest))
        guard bytes.starts(with: Self.signature), bytes.count >= 10 else { throw NPYError("is no .npy file, or a truncated one") }
        guard (1...3).contains(bytes[6]), bytes[7] == 0 else { throw NPYError("is of .npy version \(bytes[6]).\(bytes[7]); 1.0 to 3.0 are read") }
        // The dictionary's length has two bytes in version 1.0, later four.
        let start = bytes[6] == 1 ? 10 : 12
        let length = bytes[8..<min(start, bytes.count)].reversed().reduce(0) { $0 << 8 | Int($1) }
        guard start + length <= bytes.count else { throw NPYError("ends within its header") }
        let dictionary = NPYDictionary(bytes[start..<start + length])
        guard let type = dictionary["descr"], let order = dictionary["fortran_order"], let shape = dictionary["shape"] else {
            throw NPYError("its header lacks descr, fortran_order or shape")
        }
        self.type = NPYType(type.joined())
        guard order == ["True"] || order == ["False"] else { throw NPYError("its header's fortran_order is \(Self.shown(order))") }
        isFortranOrder = order == ["True"]
        var sizes: [Int] = []
        for word in shape where !["(", ")", ","].contains(word) {
            guard let size = Int(word), size >= 0 else { throw NPYError("its header's shape is \(Self.shown(shape))") }
            sizes.append(size)
        }
        guard sizes.count <= Self.mostAxes else { throw NPYError("has \(sizes.count) dimensions, more than the \(Self.mostAxes) of NumPy's") }
        self.shape = sizes
        offset = start + length
        var product = self.type.byteCount, overflows = false
        for size in sizes {
            let next = product.multipliedReportingOverflow(by: size)
            (product, overflows) = (next.partialValue, overflows || next.overflow)
        }
        guard !overflows, !product.addingReportingOverflow(offset).overflow else { throw NPYError("its shape \(sizes) is out of range") }
    }

    /// The bytes before the numbers of an array in C order, version 1.0, as NumPy writes them.
    public static func bytes(_ type: NPYType, shape: [Int]) -> [UInt8] {
        let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        let text = "{'descr': \(type.text), 'fortran_order': False, 'shape': (\(sizes)), }"
        let length = (signature.count + 4 + text.utf8.count + 1 + 63) / 64 * 64 - signature.count - 4
        let padded = Array(text.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: length - 1 - text.utf8.count) + [UInt8(ascii: "\n")]
        return signature + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + padded
    }
}

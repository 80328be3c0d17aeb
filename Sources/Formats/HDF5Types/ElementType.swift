/// The type of a dataset's or an attribute's elements as the file stores it.
public enum ElementType: Equatable, Sendable {
    /// The numbers that aekit writes: little-endian, IEEE 754 or two's complement.
    case float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64
    /// Text of a fixed number of bytes.
    case string(byteCount: Int)
    /// Text of any length, which lies elsewhere in the file; it is read, but never written.
    case variableString
    /// A number that is stored in another way, such as big-endian.
    case otherFloat(byteCount: Int), otherInteger(byteCount: Int, isSigned: Bool)
    /// What is not read, such as `compound`.
    case unsupported(String)
}

extension ElementType: CustomStringConvertible {
    /// The type's name, such as `float32`.
    public var description: String {
        switch self {
        case .string(let byteCount): "string of \(byteCount) bytes"
        case .variableString: "variable-length string"
        case .otherFloat(let byteCount): "float of \(byteCount) bytes"
        case .otherInteger(let byteCount, let isSigned): "\(isSigned ? "signed" : "unsigned") integer of \(byteCount) bytes"
        case .unsupported(let name): name
        case .float32: "float32"
        case .float64: "float64"
        case .int8: "int8"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .uint8: "uint8"
        case .uint16: "uint16"
        case .uint32: "uint32"
        case .uint64: "uint64"
        }
    }
}

extension ElementType {
    /// The kind of number, its size in bytes and whether it has a sign; nil for what is no number.
    private var number: (isFloat: Bool, byteCount: Int, isSigned: Bool)? {
        switch self {
        case .float32: (true, 4, true)
        case .float64: (true, 8, true)
        case .int8: (false, 1, true)
        case .int16: (false, 2, true)
        case .int32: (false, 4, true)
        case .int64: (false, 8, true)
        case .uint8: (false, 1, false)
        case .uint16: (false, 2, false)
        case .uint32: (false, 4, false)
        case .uint64: (false, 8, false)
        case .otherFloat(let byteCount): (true, byteCount, true)
        case .otherInteger(let byteCount, let isSigned): (false, byteCount, isSigned)
        case .string, .variableString, .unsupported: nil
        }
    }

    /// The size of an element in its place; 0 for what lies elsewhere or is not read.
    public var byteCount: Int {
        if case .string(let byteCount) = self { return byteCount }
        return number?.byteCount ?? 0
    }

    /// Whether elements of this type can be given as `other`: floats as any float, rounded; integers where no value would be changed.
    public func converts(to other: ElementType) -> Bool {
        guard let from = number, let to = other.number, from.isFloat == to.isFloat else { return false }
        if from.isFloat { return true }
        return from.isSigned == to.isSigned ? from.byteCount <= to.byteCount : !from.isSigned && from.byteCount < to.byteCount
    }
}

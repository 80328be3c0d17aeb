import CHDF5

/// The type of a dataset's or an attribute's elements as the file stores it.
public enum ElementType: Equatable, Sendable {
    /// The types that this library writes: little-endian, IEEE 754 or two's complement.
    case float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64
    /// Text of a fixed number of bytes.
    case string(byteCount: Int)
    /// Text of any length, which lies elsewhere in the file; it is read, but never written.
    case variableString
    /// A number that is stored in another way, such as big-endian.
    case otherFloat(byteCount: Int), otherInteger(byteCount: Int, isSigned: Bool)
    /// What this library does not read, such as `compound`.
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
    /// The types that this library writes, and libhdf5's identifiers of them; to ask for these starts libhdf5.
    private static let standard: [(type: ElementType, id: hid_t)] = [
        (.float32, chdf5_float32()), (.float64, chdf5_float64()), (.int8, chdf5_int8()), (.int16, chdf5_int16()), (.int32, chdf5_int32()), (.int64, chdf5_int64()),
        (.uint8, chdf5_uint8()), (.uint16, chdf5_uint16()), (.uint32, chdf5_uint32()), (.uint64, chdf5_uint64()),
    ]

    /// The type that the identifier stands for. Throws `HDF5Error`.
    init(_ id: hid_t, at place: Place) throws {
        for standard in Self.standard where try place.check("H5Tequal", H5Tequal(id, standard.id)) > 0 {
            self = standard.type
            return
        }
        let byteCount = H5Tget_size(id)
        switch H5Tget_class(id) {
        case H5T_FLOAT: self = .otherFloat(byteCount: byteCount)
        case H5T_INTEGER: self = .otherInteger(byteCount: byteCount, isSigned: H5Tget_sign(id) == H5T_SGN_2)
        case H5T_STRING: self = H5Tis_variable_str(id) == 0 ? .string(byteCount: byteCount) : .variableString
        case H5T_COMPOUND: self = .unsupported("compound")
        case H5T_ENUM: self = .unsupported("enumeration")
        case H5T_REFERENCE: self = .unsupported("reference")
        case H5T_ARRAY: self = .unsupported("array")
        case H5T_VLEN: self = .unsupported("variable-length sequence")
        case H5T_OPAQUE: self = .unsupported("opaque")
        case H5T_BITFIELD: self = .unsupported("bit field")
        default: self = .unsupported("unknown type")
        }
    }

    /// libhdf5's identifier; only for the types that this library writes.
    var id: hid_t {
        guard let standard = Self.standard.first(where: { $0.type == self }) else { preconditionFailure("\(self) is not written") }
        return standard.id
    }

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

    /// Whether elements of this type can be given as `other`: floats as any float, rounded; integers where no value would be changed.
    func converts(to other: ElementType) -> Bool {
        guard let from = number, let to = other.number, from.isFloat == to.isFloat else { return false }
        if from.isFloat { return true }
        return from.isSigned == to.isSigned ? from.byteCount <= to.byteCount : !from.isSigned && from.byteCount < to.byteCount
    }
}

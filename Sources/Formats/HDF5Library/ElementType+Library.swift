import CHDF5
import HDF5Types

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

    /// libhdf5's identifier; only for the numbers that this library writes.
    var id: hid_t {
        guard let standard = Self.standard.first(where: { $0.type == self }) else { preconditionFailure("\(self) is not written") }
        return standard.id
    }
}

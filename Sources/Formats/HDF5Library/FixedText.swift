import CHDF5
import HDF5Types

/// Strings as this library stores them: UTF-8 of a fixed number of bytes, the shorter ones filled up with zeros.
struct FixedText {
    let type: Handle
    /// All strings, each of `byteCount` bytes.
    let bytes: [UInt8]

    /// Throws `HDF5Error` for a string that holds a zero character, which would end it.
    init(_ texts: [String], at place: Place) throws {
        // A type has at least one byte, also where all strings are empty.
        let byteCount = max(1, texts.map(\.utf8.count).max() ?? 0)
        guard !texts.contains(where: { $0.utf8.contains(0) }) else { throw place.error("a string with a zero character cannot be stored") }
        type = try Self.type(byteCount, at: place)
        bytes = texts.flatMap { Array($0.utf8) + [UInt8](repeating: 0, count: byteCount - $0.utf8.count) }
    }

    /// The type of such strings of `byteCount` bytes.
    private static func type(_ byteCount: Int, at place: Place) throws -> Handle {
        let type = try place.open("H5Tcopy", H5Tcopy(chdf5_text()))
        try place.check("H5Tset_size", H5Tset_size(type.id, byteCount))
        try place.check("H5Tset_strpad", H5Tset_strpad(type.id, H5T_STR_NULLPAD))
        try place.check("H5Tset_cset", H5Tset_cset(type.id, H5T_CSET_UTF8))
        return type
    }

    /// The type of strings; nil for other elements.
    static func type(of elements: ElementType, at place: Place) throws -> Handle? {
        guard case .string(let byteCount) = elements else { return nil }
        return try type(byteCount, at: place)
    }

    /// The strings of `byteCount` bytes each that `type` describes. Throws `HDF5Error` for bytes that are not UTF-8.
    static func decode(_ bytes: [UInt8], byteCount: Int, type: Handle, at place: Place) throws -> [String] {
        let isSpacePadded = H5Tget_strpad(type.id) == H5T_STR_SPACEPAD
        return try stride(from: 0, to: bytes.count, by: byteCount).map { start in
            var text = bytes[start..<start + byteCount].prefix { $0 != 0 }
            if isSpacePadded { text = text.prefix((text.lastIndex { $0 != 0x20 } ?? start - 1) - start + 1) }
            guard let string = String(validating: text, as: UTF8.self) else { throw place.error("a string is not UTF-8") }
            return string
        }
    }
}

import CHDF5
import HDF5Types

/// Strings of any length, as h5py stores them unless it is told otherwise.
enum VariableText {
    /// The most strings that are read: each may be as long as the file.
    private static let largest = 4096

    /// The strings that `read` reads, `count` of them, whose type and extents are given; those never written are empty.
    ///
    /// Throws `HDF5Error` for too many, for bytes that are not UTF-8, and what `read` throws.
    static func strings(_ count: Int, type: Handle, space: hid_t, at place: Place, read: (UnsafeMutableRawPointer) throws -> Void) throws -> [String] {
        guard count <= largest else { throw place.error("\(count) strings of variable length are too many, above \(largest)") }
        var pointers = [UnsafeMutablePointer<CChar>?](repeating: nil, count: max(1, count))
        if count > 0 { try pointers.withUnsafeMutableBytes { try read($0.baseAddress!) } }
        defer { _ = H5Dvlen_reclaim(type.id, space, defaults, &pointers) }
        return try pointers.prefix(count).map { pointer in
            guard let pointer else { return "" }
            guard let text = String(validatingCString: pointer) else { throw place.error("a string is not UTF-8") }
            return text
        }
    }
}

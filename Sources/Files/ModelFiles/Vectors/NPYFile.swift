import NPYFiles

/// Vectors in NumPy's `.npy`: little-endian float32 or float64 in C order.
public struct NPYFile: Sendable {
    public let shape: [Int]
    /// In row-major order of the shape; float64 is rounded.
    public let values: [Float]

    /// Reads a whole file's bytes. Throws `VectorFileError` for another type, order or size, before memory is taken.
    public init(_ bytes: [UInt8], path: String) throws(VectorFileError) {
        let header: NPYHeader
        do { header = try NPYHeader(bytes) } catch { throw VectorFileError(path, error.description) }
        guard header.type.kind == .float, header.type.byteCount > 2, !header.type.isBigEndian else {
            throw VectorFileError(path, "its numbers are \(header.type.text), not float32 or float64")
        }
        guard !header.isFortranOrder else { throw VectorFileError(path, "is in Fortran order; numpy.ascontiguousarray gives C order") }
        guard header.byteCount == bytes.count - header.offset else {
            throw VectorFileError(path, "holds \(bytes.count - header.offset) bytes of numbers, which shape \(header.shape) does not have")
        }
        shape = header.shape
        values = bytes.withUnsafeBytes { bytes in
            stride(from: header.offset, to: bytes.count, by: header.type.byteCount).map {
                header.type.byteCount == 8 ? Float(bytes.loadUnaligned(fromByteOffset: $0, as: Double.self)) : bytes.loadUnaligned(fromByteOffset: $0, as: Float.self)
            }
        }
    }
}

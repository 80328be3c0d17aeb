import HDF5Foreign
import HDF5Reader
import Networks
import NPYFiles
import Platform
import SystemFiles

/// Latent vectors from a file: HDF5, NumPy's .npy, or text. What it is, its first bytes say.
public enum VectorFile {
    /// The most bytes that are read.
    public static let largest = 1 << 30

    /// The vectors of the file at `path`, or of standard input for `-`, which is .npy or text. All are finite, and there is one at least.
    ///
    /// - Parameter split: of an aekit file, whose /latents/<split>/z is read; nil for the test split, or for the only one.
    /// - Throws: `SystemError`, `HDF5Error` or `VectorFileError`.
    public static func read(_ path: String, split: String? = nil) throws -> LatentVectors {
        let file = try path == "-" ? Descriptor(duplicating: 0, named: "standard input") : Descriptor(opening: path, O_RDONLY)
        if try path != "-" && isHDF5(file) { return try stored(path, split) }
        guard split == nil else { throw VectorFileError(file.path, "is no HDF5 file and has no splits") }
        let bytes = try FileBytes.readAll(file, limit: largest) { start in
            guard !start.starts(with: signature) else { throw VectorFileError(file.path, "is HDF5, which is read by its name alone, not from a stream") }
            // A device such as /dev/zero has no end that one could wait for.
            guard start.starts(with: NPYHeader.signature) || !start.contains(0) else { throw VectorFileError(file.path, "is neither .npy nor text") }
        }
        guard bytes.starts(with: NPYHeader.signature) else {
            let (values, size) = try VectorText.vectors(bytes, path: file.path)
            return LatentVectors(values, size: size)
        }
        let array = try NPYFile(bytes, path: file.path)
        guard (1...2).contains(array.shape.count), !array.shape.contains(0) else {
            throw VectorFileError(file.path, "has shape \(array.shape), not [n, d] or [d]")
        }
        return try vectors(array.values, size: array.shape.last!) { VectorFileError(file.path, $0) }
    }

    private static let signature: [UInt8] = [0x89] + Array("HDF\r\n\u{1A}\n".utf8)

    /// Whether a file, not a pipe, begins as HDF5 files do. Nothing is taken from it.
    private static func isHDF5(_ file: Descriptor) throws -> Bool {
        guard try file.status().st_mode & S_IFMT == S_IFREG else { return false }
        var start = [UInt8](repeating: 0, count: signature.count)
        return pread(file.number, &start, start.count, 0) == start.count && start == signature
    }

    private static func stored(_ path: String, _ split: String?) throws -> LatentVectors {
        let file: ForeignFile
        do {
            let root = try StoredFile(path).root, latents = try LatentRecord.read(root, split: split ?? LatentRecord.usualSplit(root))
            return try vectors(latents.z, size: latents.size) { root.error("/latents: \($0)") }
        } catch {
            // Of aekit's own files this is the fault; others are read by libhdf5 alone.
            file = try ForeignFile(reading: path)
            if try file.attribute("format") == Schema.format { throw error }
        }
        guard split == nil else { throw file.error("is not one of aekit's files and has no splits") }
        let matrices = try file.datasetPaths().compactMap(file.dataset).filter { $0.isFloat && $0.shape.count == 2 }
        guard matrices.count == 1 else { throw file.error("holds \(matrices.count) datasets of floats [n, d], not one alone") }
        let matrix = matrices[0]
        guard matrix.byteCount <= largest else { throw matrix.error("is \(matrix.byteCount) bytes, above \(largest)") }
        return try vectors(matrix.read(rows: 0..<matrix.shape[0]), size: matrix.shape[1], matrix.error)
    }

    private static func vectors<Failure: Error>(_ values: [Float], size: Int, _ failure: (String) -> Failure) throws -> LatentVectors {
        guard !values.isEmpty else { throw failure("holds no vectors") }
        if let index = values.firstIndex(where: { !$0.isFinite }) { throw failure("number \(index % size) of vector \(index / size) is not finite") }
        return LatentVectors(values, size: size)
    }
}

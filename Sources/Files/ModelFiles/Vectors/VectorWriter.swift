import NPYFiles
import Platform
import SystemFiles

/// Writes vectors [n, d] row by row as NumPy's `.npy` (version 1.0, float32, C order) or as CSV with the header `z0,z1,...`.
public final class VectorWriter {
    public enum Format: Sendable { case npy, csv }

    private let file: Descriptor
    private let format: Format
    private let size: Int

    /// Replaces the file at `path` by what `body` writes, whole or not at all. Throws `SystemError`, and what `body` throws.
    public static func replace(_ path: String, _ format: Format, count: Int, size: Int, body: (VectorWriter) throws -> Void) throws {
        try AtomicFile.replace(path) { temporary in
            try body(VectorWriter(Descriptor(opening: temporary, O_WRONLY, named: path), format, count: count, size: size))
        }
    }

    private init(_ file: Descriptor, _ format: Format, count: Int, size: Int) throws {
        (self.file, self.format, self.size) = (file, format, size)
        switch format {
        case .npy: try write(NPYHeader.bytes(.float32, shape: [count, size]))
        case .csv: try write(Array(((0..<size).map { "z\($0)" }.joined(separator: ",") + "\n").utf8))
        }
    }

    /// Writes whole rows, [rows, d].
    public func append(_ values: [Float]) throws {
        switch format {
        case .npy: try values.withUnsafeBytes { try file.write($0) }
        case .csv:
            var text = ""
            for first in stride(from: 0, to: values.count, by: size) {
                // The shortest digits that give the same number back.
                text += values[first..<first + size].map { "\($0)" }.joined(separator: ",") + "\n"
            }
            try write(Array(text.utf8))
        }
    }

    private func write(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try file.write($0) } }
}

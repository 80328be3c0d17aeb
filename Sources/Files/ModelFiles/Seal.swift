import HDF5Reader
import Platform
import SystemFiles

/// The SHA-256 of a file's metadata: all its bytes but those of datasets, which carry their own digests; the seal's own 32 bytes count as zero.
enum Seal {
    static let name = "seal"
    private static let path = "/" + name

    /// Writes the seal into a closed file at `path`; messages speak of `name`.
    ///
    /// Throws `SystemError`, and `VerificationError` for a file that no reader would admit.
    static func apply(to path: String, named name: String) throws {
        let file = try Descriptor(opening: path, O_RDWR, named: name), verified = try VerifiedFile(file)
        guard let extent = verified[Self.path]?.dataset?.extent else { preconditionFailure("a file without /seal") }
        try file.write(verified.metadataDigest(without: Self.path), at: extent.lowerBound)
    }

    /// Throws where the seal of a file does not match its metadata.
    static func check(_ file: VerifiedFile, _ root: StoredGroup) throws {
        if let flaw = try flaw(file) { throw root.error(flaw) }
    }

    /// What is wrong with the seal of a file; nil where it matches its metadata. Throws `SystemError`.
    static func flaw(_ file: VerifiedFile) throws -> String? {
        guard let recorded: [UInt8] = try file.numbers(path), recorded.count == SHA256.byteCount else { return "has no seal" }
        return try recorded == file.metadataDigest(without: path) ? nil : "is damaged: its metadata do not match its seal"
    }
}

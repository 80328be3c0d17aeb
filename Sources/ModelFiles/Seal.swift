import HDF5Files
import SystemFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The SHA-256 of a file's metadata: all its bytes but those of datasets, which carry their own digests; the seal's own 32 bytes count as zero.
enum Seal {
    static let name = "seal"

    /// Where a dataset's bytes lie.
    struct Extent {
        let path: String
        let range: Range<Int>
    }

    /// The bytes of all datasets, in the order of the file.
    static func extents(of root: Group) throws -> [Extent] {
        var extents: [Extent] = []
        for entry in try root.objects() {
            switch entry.kind {
            case .group: continue
            case .dataset:
                let dataset = try root.dataset(entry.path)
                guard dataset.layout == .contiguous else { throw dataset.error("is not contiguous, as schema \(Schema.version) has every dataset") }
                if let offset = dataset.fileOffset { extents.append(Extent(path: entry.path, range: offset..<offset + dataset.byteCount)) }
            case .link, .alias, .namedType: throw root.error("/\(entry.path) is a link or a type, which schema \(Schema.version) has not")
            }
        }
        return extents.sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Writes the seal into a closed file at `path`, whose datasets are `extents`.
    static func apply(to path: String, _ extents: [Extent]) throws {
        let file = try Descriptor(opening: path, O_RDWR)
        let digest = try digest(file, extents)
        guard let own = extents.first(where: { $0.path == name }) else { preconditionFailure("a file without /seal") }
        guard pwrite(file.number, digest, digest.count, off_t(own.range.lowerBound)) == digest.count else {
            throw SystemError(path: path, what: "cannot write", errno: errno)
        }
    }

    /// Throws where the seal of an open file does not match its metadata.
    static func check(_ root: Group, at path: String) throws {
        let recorded: [UInt8] = try root.values(name, shape: [SHA256.byteCount], digested: false)
        let actual = try digest(Descriptor(opening: path, O_RDONLY), extents(of: root))
        guard recorded == actual else { throw root.error("is damaged: its metadata do not match its seal") }
    }

    private static func digest(_ file: Descriptor, _ extents: [Extent]) throws -> [UInt8] {
        let size = Int(try file.status().st_size)
        var digest = SHA256(), position = 0
        for extent in extents {
            try update(&digest, file, position..<max(position, extent.range.lowerBound))
            if extent.path == name { digest.update([UInt8](repeating: 0, count: extent.range.count)) }
            position = max(position, extent.range.upperBound)
        }
        try update(&digest, file, position..<max(position, size))
        return digest.finalize()
    }

    private static func update(_ digest: inout SHA256, _ file: Descriptor, _ range: Range<Int>) throws {
        var buffer = [UInt8](repeating: 0, count: min(range.count, 1 << 16)), position = range.lowerBound
        while position < range.upperBound {
            let wanted = min(buffer.count, range.upperBound - position)
            let read = buffer.withUnsafeMutableBytes { pread(file.number, $0.baseAddress, wanted, off_t(position)) }
            guard read > 0 else { throw SystemError(path: file.path, what: "cannot read", errno: read < 0 ? errno : EIO) }
            buffer.withUnsafeBytes { digest.update(UnsafeRawBufferPointer(rebasing: $0[..<read])) }
            position += read
        }
    }
}

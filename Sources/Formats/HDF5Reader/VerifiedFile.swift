import Platform
import SystemFiles

/// A file whose every byte was found to be as aekit writes it, within the few kinds of structures that `Rule` tells of.
///
/// No library reads it: libhdf5 reads any file, and has faults where one is crafted. Datasets' elements are not read to verify a file, so that large
/// files are verified as fast as small ones; they are read when they are asked for, through `root`.
public final class VerifiedFile {
    /// All objects: the root first, each group before its members, these in the order of their names' bytes.
    public let objects: [VerifiedObject]
    /// The checksummed structures, in the order of the file: each one's last four bytes are its checksum.
    public let structures: [Range<Int>]

    let image: FileImage
    private let byPath: [String: Int]
    /// The names of each group's members.
    private lazy var memberNames = objects.dropFirst().reduce(into: [String: [String]]()) { names, object in
        let slash = object.path.lastIndex(of: "/") ?? object.path.startIndex
        names[slash == object.path.startIndex ? "/" : String(object.path[..<slash]), default: []].append(String(object.path[object.path.index(after: slash)...]))
    }
    /// Datasets' elements, in the order of the file.
    private let rawData: [Extents.Extent]

    /// Verifies the file at `path`. Throws as `init(_:)` does.
    public convenience init(path: String) throws { try self.init(Descriptor(opening: path, O_RDONLY | O_NONBLOCK)) }

    /// Verifies an open file, which is kept to read datasets from.
    ///
    /// Throws `SystemError` for one that cannot be read, `VerificationError` for one that violates a rule.
    public convenience init(_ file: Descriptor) throws { try self.init(FileImage(file)) }

    /// Verifies a file in memory, which messages call `name`. Throws `VerificationError`.
    public convenience init(_ bytes: [UInt8], named name: String) throws { try self.init(FileImage(bytes, named: name)) }

    private init(_ image: FileImage) throws {
        let walk = try Walk(image)
        guard walk.problems.isEmpty else { throw VerificationError(file: image.name, problems: walk.problems) }
        self.image = image
        objects = walk.objects
        structures = walk.extents.all.filter { !$0.isRawData }.map(\.range)
        rawData = walk.extents.all.filter(\.isRawData)
        byPath = Dictionary(objects.indices.map { (walk.objects[$0].path, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The file as the user named it, and its size.
    public var name: String { image.name }
    public var byteCount: Int { image.byteCount }

    /// The names of the members of the group at `path`, in the order of their bytes.
    public func members(_ path: String) -> [String] { memberNames[path] ?? [] }

    /// The object at `path`, such as `/model/weights`; nil for none.
    public subscript(path: String) -> VerifiedObject? { byPath[path].map { objects[$0] } }

    /// The SHA-256 of all bytes that are not datasets' elements; those of the dataset at `path`, the digest's own place, count as zero.
    ///
    /// Throws `SystemError`.
    public func metadataDigest(without path: String) throws -> [UInt8] {
        var digest = SHA256(), position = 0
        for extent in rawData {
            digest.update(try image.bytes(position..<extent.range.lowerBound))
            if extent.object == path { digest.update([UInt8](repeating: 0, count: extent.range.count)) }
            position = extent.range.upperBound
        }
        digest.update(try image.bytes(position..<image.byteCount))
        return digest.finalize()
    }
}

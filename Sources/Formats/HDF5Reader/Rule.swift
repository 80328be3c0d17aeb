/// What a file of aekit's keeps to. Each rule has a name, which messages give.
public enum Rule: String, Error, CaseIterable, Sendable {
    // The file as a whole.
    case regularFile = "regular-file"
    case signature, truncated
    case trailingBytes = "trailing-bytes"
    case superblockVersion = "superblock-version"
    case superblockChecksum = "superblock-checksum"
    /// Addresses and lengths have 8 bytes; no flags, no base address and no extension.
    case superblockFields = "superblock-fields"
    /// At most `Limits.metadata` bytes that are not raw data.
    case metadataSize = "metadata-size"
    /// Every structure and every dataset lies within the file.
    case extentOutside = "extent-outside"
    /// No byte belongs to two of them.
    case extentOverlap = "extent-overlap"
    /// Bytes that belong to none are zero.
    case unusedBytes = "unused-bytes"

    // Objects.
    case objectKind = "object-kind"
    case objectCount = "object-count"
    case objectDepth = "object-depth"
    case objectLinkedTwice = "object-linked-twice"

    // Their headers.
    case headerSignature = "header-signature"
    case headerVersion = "header-version"
    /// No times, no order of creation, no unknown flag.
    case headerFlags = "header-flags"
    case headerChecksum = "header-checksum"
    case continuationSize = "continuation-size"
    case continuationSignature = "continuation-signature"
    case continuationChecksum = "continuation-checksum"
    case messageType = "message-type"
    /// A message ends within its block, and holds neither less nor more than its fields.
    case messageSize = "message-size"
    case messageFlags = "message-flags"
    case messageShared = "message-shared"
    case messageTwice = "message-twice"
    case filters
    case externalFile = "external-file"

    // What messages hold.
    case linkVersion = "link-version"
    case linkFlags = "link-flags"
    case linkNotHard = "link-not-hard"
    case linkName = "link-name"
    case linkNameTwice = "link-name-twice"
    /// Links and attributes are in the object's header, not in heaps and trees of their own.
    case denseStorage = "dense-storage"
    case groupInfo = "group-info"
    case attributeVersion = "attribute-version"
    case attributeName = "attribute-name"
    case attributeNameTwice = "attribute-name-twice"
    case attributeSize = "attribute-size"
    case datatype
    case dataspaceVersion = "dataspace-version"
    case dataspaceKind = "dataspace-kind"
    case dataspaceRank = "dataspace-rank"
    case dataspaceSize = "dataspace-size"
    /// The greatest dimensions are the present ones.
    case dataspaceGrows = "dataspace-grows"
    case layoutVersion = "layout-version"
    case layoutClass = "layout-class"
    case layoutSize = "layout-size"
    case fillValue = "fill-value"

    /// Whether bytes were lost or changed; a file that violates another rule was written by another program, or by an attacker.
    public var isDamage: Bool {
        switch self {
        case .signature, .truncated, .trailingBytes, .superblockChecksum: true
        case .headerSignature, .headerChecksum, .continuationSignature, .continuationChecksum: true
        default: false
        }
    }
}

/// What no file of aekit's goes beyond, so that a hostile one cannot take much memory or time.
public enum Limits {
    /// Bytes that are not raw data.
    public static let metadata = 1 << 28
    /// Groups and datasets.
    public static let objects = 1 << 18
    /// Groups within groups.
    public static let depth = 64
    /// Dimensions, as libhdf5 has it.
    public static let rank = 32
    /// Bytes of a link's or an attribute's name, and of an object's path.
    public static let name = 255, path = 1023
    /// Violations that are reported.
    public static let problems = 100
}

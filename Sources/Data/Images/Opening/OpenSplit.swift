/// One split of a data set that is open: what its images are, their labels and names, and where they are read from.
public struct OpenSplit: Sendable {
    let storage: any ImageStorage
    /// [count], indices into the source's class names; nil where the images have none.
    public let labels: [UInt16]?
    private let nameOf: (@Sendable (Int) -> String)?

    init(_ storage: any ImageStorage, labels: [UInt16]? = nil, name: (@Sendable (Int) -> String)? = nil) {
        precondition(labels.map { $0.count == storage.count } ?? true, "one label an image")
        (self.storage, self.labels, nameOf) = (storage, labels, name)
    }

    public var count: Int { storage.count }
    /// Whether the images are floats in [0, 1], else bytes.
    public var isFloat: Bool { storage.isFloat }
    /// The images' own size and channels, which folders of files have to be looked through for. Throws `ImageError`.
    public func extent() throws -> ImageExtent { try storage.extent() }
    /// The name of an image's file; nil where images have no files of their own.
    public func name(of image: Int) -> String? { nameOf?(image) }
}

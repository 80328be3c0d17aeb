import Images

/// A data set that was read once, for many runs.
public struct LoadedImages: DataSource {
    public let description: String
    public let train: PreparedImages, test: PreparedImages
    private let source: any DataSource

    /// Reads both splits of `source`, of the training split the first `limit` images. Throws what reading throws.
    public init(_ source: any DataSource, limit: Int?, _ preparation: Preparation) throws {
        (self.source, description) = (source, source.description)
        train = try source.load(.train, limit: limit, preparation)
        test = try source.load(.test, limit: nil, preparation)
    }

    public var notices: Notices { source.notices }
    public func open(_ split: Split) throws -> OpenSplit { try source.open(split) }
    public func classNames() throws -> [String] { try source.classNames() }

    /// As it was read: limit and preparation have been applied.
    public func load(_ split: Split, limit: Int?, _ preparation: Preparation) -> PreparedImages { split == .train ? train : test }
}

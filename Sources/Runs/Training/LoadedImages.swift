import Images

/// A data set that was read once, for many runs.
public struct LoadedImages: DataSource {
    public let description: String
    public let train: ImageSet, test: ImageSet

    /// Reads both splits of `source`, of the training split the first `limit` images. Throws what reading throws.
    public init(_ source: any DataSource, limit: Int?) throws {
        description = source.description
        train = try source.load(.train, limit: limit)
        test = try source.load(.test, limit: nil)
    }

    /// As it was read: a limit has been applied.
    public func load(_ split: Split, limit: Int?) -> ImageSet { split == .train ? train : test }
}

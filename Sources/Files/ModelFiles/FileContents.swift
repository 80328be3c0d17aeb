import HDF5Reader

/// What a file holds besides its model and its training: names and shapes alone.
public struct FileContents {
    /// The latents or reconstructions of a split of a data set.
    public struct Results: Sendable, Equatable {
        public let split: String
        /// [n, d] of latents, [n, channels, height, width] of images.
        public let shape: [Int]
        public let hasLabels: Bool
        /// Whether mu and log-variance stand beside z.
        public let isVariational: Bool
    }

    /// How a reader judged images.
    public struct Score: Sendable, Equatable {
        public let name: String
        /// In percent.
        public let accuracy: Double
        public let correct: Int, count: Int
    }

    /// What is kept of an epoch: the names of its groups.
    public struct Epoch: Sendable, Equatable {
        public let name: String
        public let parts: [String]
    }

    /// The size of the whole file.
    public let byteCount: Int
    public let latents: [Results], reconstructions: [Results]
    public let scores: [Score]
    public let epochs: [Epoch]
    /// Members of the root that this version's schema does not know.
    public let unknown: [String]

    /// Throws `HDF5Error` where a part that this version knows is not as its schema has it.
    public init(_ root: StoredGroup) throws {
        byteCount = root.file.byteCount
        latents = try Self.results("latents", "z", rank: 2, root)
        reconstructions = try Self.results("reconstructions", "images", rank: 4, root)
        scores = try Self.members("scores", root).map { name, group in
            Score(name: name, accuracy: try group.finite("accuracy"), correct: try group.integer("correct", in: 0...Int.max),
                  count: try group.integer("count", in: 0...Int.max))
        }
        epochs = try Self.members("epochs", root).map { Epoch(name: $0, parts: $1.names()) }
        let known = Set(Schema.elements.map { $0.path.dropFirst().prefix { $0 != "/" } })
        unknown = root.names().filter { !known.contains($0[...]) }
    }

    private static func results(_ part: String, _ main: String, rank: Int, _ root: StoredGroup) throws -> [Results] {
        try members(part, root).map { name, group in
            let dataset = try group.dataset(main)
            guard dataset.shape.count == rank else { throw dataset.error("has shape \(dataset.shape), not one of \(rank) axes") }
            return Results(split: name, shape: dataset.shape, hasLabels: group.contains("label"), isVariational: group.contains("mu"))
        }
    }

    /// The groups in the group `part` of the root, which may be missing.
    private static func members(_ part: String, _ root: StoredGroup) throws -> [(name: String, group: StoredGroup)] {
        guard root.contains(part) else { return [] }
        let group = try root.group(part)
        return try group.names().map { ($0, try group.group($0)) }
    }
}

/// A folder of MNIST's four files, packed or not, under the names that they are found under.
public struct IDXFolder: DataSource {
    public let path: String
    public let notices = Notices()
    public var description: String { path }
    private let splits = Once<Split, OpenSplit>(), labels = Once<Split, [UInt16]>()

    /// The classes of digits, which a file of few images may lack.
    private static let leastClasses = 10

    /// The folder at `path`, nil unless it holds an IDX file of images under a name that we know.
    public init?(ifAt path: String) {
        self.path = path
        guard Split.allCases.contains(where: { file($0, "images", rank: 3) != nil }) else { return nil }
    }

    public func open(_ split: Split) throws -> OpenSplit {
        try splits.value(split) {
            guard let path = file(split, "images", rank: 3) else { throw ImageError(path, "no \(Self.prefix(split))-images-idx3-ubyte[.gz]", kind: .noInput) }
            let images = try IDXFile(images: path)
            guard let labelPath = file(split, "labels", rank: 1) else { return OpenSplit(try images.images) }
            let labels = try labels(labelPath, of: split)
            guard labels.count == images.count else { throw ImageError(labelPath, "\(labels.count) labels for \(images.count) images") }
            return OpenSplit(try images.images, labels: labels)
        }
    }

    public func classNames() throws -> [String] {
        let known = try Split.allCases.compactMap { split in try file(split, "labels", rank: 1).map { try labels($0, of: split) } }
        return known.isEmpty ? [] : ImageSet.numberedNames(upTo: known.compactMap { $0.max() }.max(), least: Self.leastClasses)
    }

    /// Labels are few bytes: they are read whole.
    private func labels(_ path: String, of split: Split) throws -> [UInt16] { try labels.value(split) { try IDXFile(labels: path).labels() } }

    private static func prefix(_ split: Split) -> String { split == .train ? "train" : "t10k" }

    private func file(_ split: Split, _ what: String, rank: Int) -> String? {
        ["-\(what)-idx\(rank)-ubyte", "-\(what).idx\(rank)-ubyte"].lazy
            .flatMap { [$0, $0 + ".gz"] }
            .map { "\(path)/\(Self.prefix(split))\($0)" }
            .first(where: Paths.isFile)
    }
}

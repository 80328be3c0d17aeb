/// A folder of MNIST's four files, packed or not, under the names that they are found under.
public struct IDXFolder: DataSource {
    public let path: String
    public var description: String { path }

    /// The folder at `path`, nil unless it holds an IDX file of images under a name that we know.
    public init?(ifAt path: String) {
        self.path = path
        guard Split.allCases.contains(where: { file($0, "images", rank: 3) != nil }) else { return nil }
    }

    public func load(_ split: Split, limit: Int?) throws -> ImageSet {
        let stream = try stream(split, limit: limit)
        guard let images = try stream.next(stream.count) else { throw ImageError(path, "the file holds no images") }
        return images
    }

    public func stream(_ split: Split, limit: Int?) throws -> ImageStream {
        guard let imagesPath = file(split, "images", rank: 3) else {
            throw ImageError(path, "no \(Self.prefix(split))-images-idx3-ubyte[.gz]", kind: .noInput)
        }
        // Labels are few bytes: read whole, they tell the classes.
        let labelFile = try file(split, "labels", rank: 1).map { ($0, try IDXFile(labels: $0)) }, labels = try labelFile.map { try $0.1.labels($0.1.count) }
        let images = try IDXFile(images: imagesPath), classNames = labels.map { ImageSet.numberedNames(upTo: $0.max(), least: 10) } ?? []
        if let labelFile, labelFile.1.count != images.count { throw ImageError(labelFile.0, "\(labelFile.1.count) labels for \(images.count) images") }
        return ImageStream(count: min(limit ?? images.count, images.count)) { range in
            ImageSet(Enlarging.shape, .bytes(try images.images(range.count)), labels: labels.map { Array($0[range]) }, classNames: classNames)
        }
    }

    private static func prefix(_ split: Split) -> String { split == .train ? "train" : "t10k" }

    private func file(_ split: Split, _ what: String, rank: Int) -> String? {
        ["-\(what)-idx\(rank)-ubyte", "-\(what).idx\(rank)-ubyte"].lazy
            .flatMap { [$0, $0 + ".gz"] }
            .map { "\(path)/\(Self.prefix(split))\($0)" }
            .first(where: Paths.isFile)
    }
}

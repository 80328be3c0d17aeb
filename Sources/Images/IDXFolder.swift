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
        guard let imagesPath = file(split, "images", rank: 3) else {
            throw ImageError(path, "no \(Self.prefix(split))-images-idx3-ubyte[.gz]", kind: .noInput)
        }
        guard let labelsPath = file(split, "labels", rank: 1) else {
            return ImageSet(pixels: try IDXFile.images(path: imagesPath, limit: limit).pixels)
        }
        let labels = try IDXFile.labels(path: labelsPath)
        let images = try IDXFile.images(path: imagesPath, limit: limit)
        guard images.total == labels.count else { throw ImageError(labelsPath, "\(labels.count) labels for \(images.total) images") }
        let count = images.pixels.count / ImageSet.pixelsPerImage
        return ImageSet(pixels: images.pixels, labels: Array(labels.prefix(count)), classNames: ImageSet.digitNames(upTo: labels.max()))
    }

    private static func prefix(_ split: Split) -> String { split == .train ? "train" : "t10k" }

    private func file(_ split: Split, _ what: String, rank: Int) -> String? {
        ["-\(what)-idx\(rank)-ubyte", "-\(what).idx\(rank)-ubyte"].lazy
            .flatMap { [$0, $0 + ".gz"] }
            .map { "\(path)/\(Self.prefix(split))\($0)" }
            .first(where: Paths.isFile)
    }
}

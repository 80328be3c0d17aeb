import Tensors

/// The built-in digits: ten digits written by a random hand, white on black, placed and enlarged as MNIST's are; 60,000 for training and 10,000
/// for testing. An image depends on `seed`, split and index alone.
public struct SyntheticDigits: DataSource {
    public let seed: UInt64
    public let notices = Notices()
    public var description: String { "synthetic" }

    public init(seed: UInt64 = 0) {
        self.seed = seed
    }

    /// How many images a split has.
    public static func count(of split: Split) -> Int {
        split == .train ? 60_000 : 10_000
    }

    public func open(_ split: Split) -> OpenSplit {
        OpenSplit(DigitStorage(seed: seed, split: split), labels: (0..<Self.count(of: split)).map { index in
            var random = DigitRandom(seed: seed, split: split, index: index)
            return UInt16(random.index(below: 10))
        })
    }

    public func classNames() -> [String] { ImageSet.numberedNames(upTo: nil, least: 10) }

    /// The first `limit` images of a split as they are, 32 x 32.
    public func load(_ split: Split, limit: Int?) -> ImageSet {
        let images = StoredImages(DigitStorage(seed: seed, split: split), ImagePreparer(Enlarging.shape), count: min(limit ?? .max, Self.count(of: split)))
        // Nothing is read that could fail.
        guard let values = try? images.values(0..<images.count) else { preconditionFailure("digits that cannot be drawn") }
        return ImageSet(Enlarging.shape, values, labels: open(split).labels.map { Array($0.prefix(images.count)) }, classNames: classNames())
    }
}

/// Digits that are drawn whenever they are wanted.
private struct DigitStorage: ImageStorage {
    let seed: UInt64, split: Split

    var count: Int { SyntheticDigits.count(of: split) }
    var isFloat: Bool { false }
    var access: StorageAccess { .any }
    func extent() -> ImageExtent { ImageExtent(Enlarging.shape) }

    func forEach(_ range: Range<Int>, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        var path = DigitPath(), canvas = DigitCanvas()
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Enlarging.shape.count) { pixels in
            for index in range {
                var random = DigitRandom(seed: seed, split: split, index: index)
                let digit = random.index(below: 10)
                path.draw(digit, &random)
                canvas.render(path, softness: 0.9 + 0.5 * random.uniform(), to: pixels.baseAddress!)
                try body(Enlarging.shape, .bytes(pixels.baseAddress!))
            }
        }
    }
}

/// The built-in digits: ten digits written by a random hand, white on black, placed and enlarged as MNIST's are; 60,000 for training and 10,000
/// for testing. An image depends on `seed`, split and index alone.
public struct SyntheticDigits: DataSource {
    public let seed: UInt64
    public var description: String { "synthetic" }

    public init(seed: UInt64 = 0) {
        self.seed = seed
    }

    /// How many images a split has.
    public static func count(of split: Split) -> Int {
        split == .train ? 60_000 : 10_000
    }

    public func load(_ split: Split, limit: Int?) -> ImageSet {
        images(0..<min(limit ?? .max, Self.count(of: split)), of: split)
    }

    public func stream(_ split: Split, limit: Int?) -> ImageStream {
        ImageStream(count: min(limit ?? .max, Self.count(of: split))) { images($0, of: split) }
    }

    private func images(_ range: Range<Int>, of split: Split) -> ImageSet {
        let count = range.count
        var labels = [UInt16](repeating: 0, count: count)
        let pixels = [UInt8](unsafeUninitializedCapacity: count * Enlarging.shape.count) { buffer, initialized in
            var path = DigitPath(), canvas = DigitCanvas()
            for index in 0..<count {
                var random = DigitRandom(seed: seed, split: split, index: range.lowerBound + index)
                let digit = random.index(below: 10)
                labels[index] = UInt16(digit)
                path.draw(digit, &random)
                canvas.render(path, softness: 0.9 + 0.5 * random.uniform(), to: buffer.baseAddress! + index * Enlarging.shape.count)
            }
            initialized = count * Enlarging.shape.count
        }
        return ImageSet(Enlarging.shape, .bytes(pixels), labels: labels, classNames: ImageSet.numberedNames(upTo: nil, least: 10))
    }
}

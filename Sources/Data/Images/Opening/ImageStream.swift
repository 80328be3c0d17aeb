/// The images of a split, some at a time, so that a data set of any size is worked through in constant memory.
public final class ImageStream {
    /// All images of the stream.
    public let count: Int
    public private(set) var position = 0
    private let read: (Range<Int>) throws -> ImageSet

    /// - Parameter read: gives the images of a range; ranges follow one another from 0 to `count`.
    public init(count: Int, read: @escaping (Range<Int>) throws -> ImageSet) { (self.count, self.read) = (count, read) }

    /// A stream of images in memory.
    public convenience init(_ images: ImageSet) {
        self.init(count: images.count) { range in
            images[range]
        }
    }

    /// A stream of a whole split's images.
    public convenience init(_ images: PreparedImages) {
        self.init(count: images.count) { try images[$0] }
    }

    /// A stream of what `transform` makes of these images, chunk by chunk; it must not change their number.
    public func map(_ transform: @escaping (ImageSet) throws -> ImageSet) -> ImageStream {
        ImageStream(count: count) { [self] range in
            guard let set = try next(range.count) else { preconditionFailure("a stream of \(count) images ended early") }
            return try transform(set)
        }
    }

    /// The next images, `most` at most; nil at the end. Throws `ImageError`.
    public func next(_ most: Int) throws -> ImageSet? {
        let range = position..<min(position + most, count)
        guard !range.isEmpty else { return nil }
        position = range.upperBound
        return try read(range)
    }
}

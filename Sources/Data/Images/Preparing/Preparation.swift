import Tensors

/// The height and width that images are to have.
public struct ImageSize: Sendable, Hashable, CustomStringConvertible {
    public let height: Int, width: Int

    /// The sides that may be asked for, and that a source's images may have.
    public static let asked = 2...16_384, given = 1...16_384
    /// The most pixels of an image that is read.
    public static let largestArea = 100_000_000

    public init(height: Int, width: Int) { (self.height, self.width) = (height, width) }

    /// `64` for both sides, or `48x64`, height first; nil for anything else, and for sides out of range.
    public init?(_ text: String) {
        let sides = text.split(separator: "x", omittingEmptySubsequences: false).map { part in part.allSatisfy(\.isNumber) ? Int(part) : nil }
        guard let height = sides[0], let width = sides.count == 2 ? sides[1] : sides[0], sides.count <= 2, Self.asked.contains(height), Self.asked.contains(width),
              height * width <= Self.largestArea else { return nil }
        self.init(height: height, width: width)
    }

    /// Height first, as it is asked for: 48x64.
    public var description: String { "\(height)x\(width)" }
}

/// What is done to a source's images before a network sees them: they get a size and a number of channels, where something is said of these.
public struct Preparation: Sendable, Equatable {
    /// Nil for the data's own.
    public var size: ImageSize?
    /// 1 or 3; nil for the data's own. Colour turns gray with the weights of Pillow's `convert("L")`, gray becomes colour by repeating it.
    public var channels: Int?

    public static let channelCounts = [1, 3]

    public init(size: ImageSize? = nil, channels: Int? = nil) {
        precondition(channels.map(Self.channelCounts.contains) ?? true, "images have 1 channel or 3")
        (self.size, self.channels) = (size, channels)
    }

    /// What gives images of this shape.
    public init(_ shape: ImageShape) { self.init(size: ImageSize(height: shape.height, width: shape.width), channels: shape.channels) }

    /// This, and what it leaves open as `other` has it.
    public func over(_ other: Preparation) -> Preparation { Preparation(size: size ?? other.size, channels: channels ?? other.channels) }

    /// The shape that images then have, of a source whose own have `extent`; nil where a size is needed to make them equal.
    func shape(of extent: @autoclosure () throws -> ImageExtent) rethrows -> ImageShape? {
        if let size, let channels { return ImageShape(channels: channels, height: size.height, width: size.width) }
        let own = try extent()
        guard let size = size ?? own.size else { return nil }
        return ImageShape(channels: channels ?? own.channels, height: size.height, width: size.width)
    }
}

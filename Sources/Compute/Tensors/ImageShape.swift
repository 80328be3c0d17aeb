/// The shape of an image, or of a map: channels, height, width, the slowest axis first.
public struct ImageShape: Sendable, Hashable, CustomStringConvertible {
    public let channels: Int, height: Int, width: Int

    /// All three are at least 1.
    public init(channels: Int, height: Int, width: Int) {
        precondition(channels > 0 && height > 0 && width > 0, "an image has channels, rows and columns")
        (self.channels, self.height, self.width) = (channels, height, width)
    }

    /// The shape of [channels, height, width]; nil unless these are three positive numbers whose product is an Int.
    public init?(_ axes: [Int]) {
        guard axes.count == 3, axes.allSatisfy({ $0 > 0 }) else { return nil }
        let (area, overflows) = axes[1].multipliedReportingOverflow(by: axes[2])
        guard !overflows, !area.multipliedReportingOverflow(by: axes[0]).overflow else { return nil }
        self.init(channels: axes[0], height: axes[1], width: axes[2])
    }

    /// [channels, height, width].
    public var axes: [Int] { [channels, height, width] }
    /// Pixels of one channel.
    public var area: Int { height * width }
    /// Numbers of an image.
    public var count: Int { channels * area }
    public var description: String { "\(axes)" }
}

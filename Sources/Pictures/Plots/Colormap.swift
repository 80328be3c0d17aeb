/// How a level becomes a colour.
public enum Colormap: String, Sendable, CaseIterable {
    case gray, viridis

    /// 1 or 3 samples a pixel.
    public var channels: Int { self == .gray ? 1 : 3 }

    /// The level 0...255 of a value in [0, 1]; what lies outside counts as the nearer end, and NaN as 0. Grays are rounded to the nearest level,
    /// as an image is; a colormap's 256 colours share the interval evenly, as in matplotlib.
    public func level(_ value: Float) -> UInt8 {
        guard value > 0 else { return 0 }
        guard value < 1 else { return 255 }
        return self == .gray ? UInt8((value * 255).rounded(.toNearestOrEven)) : UInt8(value * 256)
    }

    /// The samples of a level, `channels` of them.
    public func samples(_ level: UInt8) -> [UInt8] {
        guard self == .viridis else { return [level] }
        let color = Self.viridisTable[Int(level)]
        return [UInt8(color >> 16), UInt8(color >> 8 & 0xFF), UInt8(color & 0xFF)]
    }
}

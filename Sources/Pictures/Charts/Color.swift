import Platform

/// A colour in sRGB, with its opacity 0...1.
public struct Color: Sendable, Hashable {
    public let red: UInt8, green: UInt8, blue: UInt8
    public let opacity: Double

    public init(red: UInt8, green: UInt8, blue: UInt8, opacity: Double = 1) {
        (self.red, self.green, self.blue, self.opacity) = (red, green, blue, opacity)
    }

    /// 0xRRGGBB.
    public init(_ hex: UInt32, opacity: Double = 1) {
        self.init(red: UInt8(hex >> 16 & 0xFF), green: UInt8(hex >> 8 & 0xFF), blue: UInt8(hex & 0xFF), opacity: opacity)
    }

    /// Text, the lines of axes, text of less weight, thin grids, and what is drawn upon.
    static let ink = Color(0x1F1F1F), axis = Color(0x6B6B6B), faint = Color(0x5A5A5A), grid = Color(0xE6E6E6), paper = Color(0xFFFFFF)

    func with(opacity: Double) -> Color { Color(red: red, green: green, blue: blue, opacity: opacity) }

    /// On the way to another colour: 0 is this one, 1 the other.
    func mixed(with other: Color, _ share: Double) -> Color {
        func mix(_ from: UInt8, _ to: UInt8) -> UInt8 { UInt8((Double(from) + (Double(to) - Double(from)) * share).rounded()) }
        return Color(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }

    /// Relative luminance 0...1 (WCAG 2.2, "relative luminance").
    var luminance: Double {
        func linear(_ sample: UInt8) -> Double {
            let value = Double(sample) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// Dark or light, whichever is read better upon this colour: the contrast is (brighter + 0.05) / (darker + 0.05).
    var contrasting: Color { luminance > 0.179 ? .ink : .paper }

    /// As CSS has it: #3f90da.
    var hex: String {
        "#" + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

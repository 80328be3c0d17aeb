import PNGFiles

/// One thing that is drawn. Later ones lie above earlier ones.
public indirect enum Mark: Sendable {
    case line([Point], Stroke)
    case area([Point], fill: Color, stroke: Stroke? = nil)
    case rectangle(Rectangle, fill: Color, stroke: Stroke? = nil)
    case symbol(Symbol, at: Point)
    case text(Text, at: Point)
    /// Pixels are shown as squares, not smoothed.
    case image(PNGImage, in: Rectangle)
    /// Marks that belong together, under a name that an SVG keeps as a class.
    case group(String, [Mark])
}

/// How a line is drawn.
public struct Stroke: Sendable, Hashable {
    public let color: Color
    public let width: Double
    /// Lengths of dashes and of the gaps between them; [] for an unbroken line.
    public let dash: [Double]

    public init(_ color: Color, width: Double = 1, dash: [Double] = []) { (self.color, self.width, self.dash) = (color, width, dash) }
}

/// A line of text at a point of its baseline.
public struct Text: Sendable, Equatable {
    /// Which part of the text lies at the point.
    public enum Anchor: String, Sendable { case start, middle, end }

    public var string: String
    public var size: Double
    public var isBold: Bool
    public var color: Color
    public var anchor: Anchor
    /// Whether it runs upwards, as beside a vertical axis.
    public var isUpright: Bool
    /// Whether it has a light rim, for text above marks.
    public var hasHalo: Bool

    init(_ string: String, size: Double = 12, isBold: Bool = false, color: Color = .ink, anchor: Anchor = .start, isUpright: Bool = false, hasHalo: Bool = false) {
        (self.string, self.size, self.isBold, self.color) = (string, size, isBold, color)
        (self.anchor, self.isUpright, self.hasHalo) = (anchor, isUpright, hasHalo)
    }

    /// What a capital rises above the baseline, as a share of the size: DejaVu Sans' 0.729.
    static let capHeight = 0.729
    /// The width of the line around letters whose outer half is the halo, as a share of the size.
    static let haloWidth = 0.3

    /// The mark that has its capitals' middle, not its baseline, at `point`.
    func centered(at point: Point) -> Mark {
        let shift = size * Self.capHeight / 2
        return .text(self, at: isUpright ? Point(point.x + shift, point.y) : Point(point.x, point.y + shift))
    }
}

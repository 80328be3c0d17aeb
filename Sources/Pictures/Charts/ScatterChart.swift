/// Points in a plane, of a colour and a shape for each class.
public struct ScatterChart: Chart {
    public let title: String
    public let size: Size
    /// [n] of both; finite, and within `Scale.largest`.
    public let x: [Double], y: [Double]
    /// The class of each point; nil where they have none.
    public let classes: [UInt16]?
    private let axes: Axes

    public init(title: String, x: [Double], y: [Double], classes: [UInt16]? = nil, xLabel: String, yLabel: String, size: Size = Size(480, 420)) {
        precondition(x.count == y.count && (classes?.count ?? x.count) == x.count, "points have two numbers and one class")
        (self.title, self.size, self.x, self.y, self.classes) = (title, size, x, y, classes)
        axes = Axes(x: Axis(xLabel, Scale(of: x)), y: Axis(yLabel, Scale(of: y)))
    }

    /// Ten thousand points are small and let others shine through; ten are large.
    private var radius: Double { x.count > 2000 ? (size.width < 400 ? 1.6 : 2) : x.count > 200 ? 2.8 : 4.5 }
    private var opacity: Double { x.count > 2000 ? 0.65 : x.count > 200 ? 0.8 : 1 }

    private func symbol(_ label: UInt16) -> Symbol {
        Symbol(Palette.shape(Int(label)), radius: radius, color: Palette.color(Int(label)).with(opacity: opacity))
    }

    public var legend: [LegendEntry] {
        Set(classes ?? []).sorted().map { LegendEntry(.symbol(symbol($0)), "\($0)") }
    }

    public func insets(_ font: Font) -> Insets { axes.insets(size, font) }

    /// The points in their own order, so that no class lies above all others.
    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let points = x.indices.map { index in Mark.symbol(symbol(classes?[index] ?? 0), at: axes.point(x[index], y[index], in: area)) }
        return axes.marks(in: area, font, data: points) + [.group("labels", labels(in: area))]
    }

    /// Each class's name at the median of its points; a little beside it where another stands there, and no names at all where the classes lie so much
    /// upon one another that this does not help.
    private func labels(in area: Rectangle) -> [Mark] {
        guard let classes else { return [] }
        var taken: [Rectangle] = [], marks: [Mark] = []
        for label in Set(classes).sorted() {
            let members = classes.indices.filter { classes[$0] == label }
            let middle = axes.point(Self.median(members.map { x[$0] }), Self.median(members.map { y[$0] }), in: area)
            let text = Text("\(label)", size: 14, isBold: true, anchor: .middle, hasHalo: true)
            guard let place = Self.shifts.map({ Point(middle.x + $0.x, middle.y + $0.y) }).first(where: { place in
                !taken.contains { Self.box(place).intersects($0) }
            }) else { return [] }
            taken.append(Self.box(place))
            marks.append(text.centered(at: place))
        }
        return marks
    }

    private static let shifts = [Point(0, 0)] + [(-12, 0), (12, 0), (0, -16), (0, 16), (-12, -12), (12, -12), (-12, 12), (12, 12)].map { Point($0, $1) }

    /// The room of a class's name.
    private static func box(_ middle: Point) -> Rectangle { Rectangle(x: middle.x - 7, y: middle.y - 7, width: 14, height: 14) }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

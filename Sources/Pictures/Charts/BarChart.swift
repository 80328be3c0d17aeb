/// A bar for each name, as for explained variance, and perhaps a line above them, as for its sum so far.
public struct BarChart: Chart {
    public let title: String
    public let size: Size
    public let values: [Double]
    public let legend: [LegendEntry]
    private let line: [Double]
    private let axes: Axes

    private static let barColor = Palette.color(0), lineStroke = Stroke(Palette.color(6), width: 1.8)

    /// - Parameters:
    ///   - values: [n], from zero up.
    ///   - names: [n].
    ///   - line: [n] in the values' unit, or [].
    ///   - labels: what bars and line are, for a legend; nil for none.
    public init(title: String, values: [Double], names: [String], line: [Double] = [], xLabel: String, yLabel: String, labels: (bars: String, line: String)? = nil,
                size: Size = Size(480, 360)) {
        precondition(values.count == names.count && (line.isEmpty || line.count == names.count), "each bar has a name")
        (self.title, self.size, self.values, self.line) = (title, size, values, line)
        axes = Axes(x: Axis(xLabel, names: names), y: Axis(yLabel, Scale(of: values + line, from: 0)))
        legend = labels.map { [LegendEntry(.area(Self.barColor), $0.bars), LegendEntry(.line(Self.lineStroke), $0.line)] } ?? []
    }

    public func insets(_ font: Font) -> Insets { axes.insets(size, font) }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let bars = values.indices.map { index in
            let left = axes.point(Double(index) + 0.12, values[index], in: area), right = axes.point(Double(index) + 0.88, 0, in: area)
            return Mark.rectangle(Rectangle(x: left.x, y: left.y, width: right.x - left.x, height: right.y - left.y), fill: Self.barColor)
        }
        let points = line.indices.map { axes.point(Double($0) + 0.5, line[$0], in: area) }
        let symbol = Symbol(.circle, radius: line.count > 40 ? 1.6 : 2.8, color: Self.lineStroke.color)
        let sum: [Mark] = points.isEmpty ? [] : [.line(points, Self.lineStroke)] + points.map { .symbol(symbol, at: $0) }
        return axes.marks(in: area, font, data: [.group("bars", bars), .group("line", sum)])
    }
}

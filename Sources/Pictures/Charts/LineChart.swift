/// Lines over a common axis, as losses over epochs.
public struct LineChart: Chart {
    /// One line. Points that are not finite are left out.
    public struct Series: Sendable {
        public let name: String
        public let points: [Point]
        public let stroke: Stroke
        /// The mark of each point; nil for none.
        public let symbol: Symbol?

        public init(_ name: String, _ points: [Point], stroke: Stroke, symbol: Symbol? = nil) {
            self.name = name
            self.points = points.filter { abs($0.x) <= Scale.largest && abs($0.y) <= Scale.largest }
            (self.stroke, self.symbol) = (stroke, symbol)
        }
    }

    public let title: String
    public let size: Size
    public let series: [Series]
    public let legend: [LegendEntry]
    private let axes: Axes

    /// - Parameters:
    ///   - isWhole: whether the horizontal axis counts.
    ///   - kind: of the vertical axis.
    ///   - legend: nil for an entry a line.
    public init(title: String, series: [Series], xLabel: String, yLabel: String, isWhole: Bool = false, kind: Scale.Kind = .linear, legend: [LegendEntry]? = nil,
                size: Size = Size(480, 360)) {
        (self.title, self.size, self.series) = (title, size, series)
        self.legend = legend ?? series.map { LegendEntry(.line($0.stroke, $0.symbol), $0.name) }
        let points = series.flatMap(\.points)
        axes = Axes(x: Axis(xLabel, Scale(of: points.map(\.x)), isWhole: isWhole), y: Axis(yLabel, Scale(of: points.map(\.y), kind)))
    }

    public func insets(_ font: Font) -> Insets { axes.insets(size, font) }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        axes.marks(in: area, font, data: series.map { line in
            let points = line.points.map { axes.point($0.x, $0.y, in: area) }
            return .group("series", [.line(points, line.stroke)] + (line.symbol.map { symbol in points.map { .symbol(symbol, at: $0) } } ?? []))
        })
    }
}

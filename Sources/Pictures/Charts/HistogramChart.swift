import Platform

/// How often numbers occur, as a density, and the density of N(0, 1).
public struct HistogramChart: Chart {
    public let title: String
    public let size: Size
    /// The bins' edges, multiples of a round number, and their densities: the share of the numbers in a bin by its width.
    public let edges: [Double], densities: [Double]
    public let legend: [LegendEntry]
    private let axes: Axes

    private static let fill = Palette.color(0).mixed(with: .paper, 0.25), curve = Stroke(Palette.color(2), width: 1.6)

    /// - Parameter values: at least one; finite, and within `Scale.largest`.
    public init(title: String, values: [Double], valueLabel: String, xLabel: String, yLabel: String, size: Size = Size(260, 190)) {
        (self.title, self.size) = (title, size)
        let (edges, densities) = Self.bins(values), low = edges[0], high = edges[edges.count - 1]
        (self.edges, self.densities) = (edges, densities)
        let normal = (-40...40).map { Double($0) / 10 }.filter { low <= $0 && $0 <= high }.map(Self.density)
        axes = Axes(x: Axis(xLabel, Scale(of: [low, high])), y: Axis(yLabel, Scale(of: densities + normal, from: 0)))
        legend = [LegendEntry(.area(Self.fill), valueLabel), LegendEntry(.line(Self.curve), "N(0, 1)")]
    }

    /// Bins of a round width, about 40 of them; as in numpy, each but the last is without its upper edge.
    static func bins(_ values: [Double]) -> (edges: [Double], densities: [Double]) {
        let scale = Scale(of: values), step = Step.smallest(for: scale.low, scale.high, most: 48)
        var low = 0.0, high = 0.0
        if let first = values.min(), let last = values.max() { (low, high) = (first, last) }
        let first = Int((low / step.size).rounded(.down)), last = max(Int((high / step.size).rounded(.up)), first + 1)
        let edges = (first...last).map(step.value)
        var counts = [Int](repeating: 0, count: edges.count - 1)
        for value in values {
            var bin = min(max(Int((value / step.size).rounded(.down)) - first, 0), counts.count - 1)
            // The quotient may be rounded over an edge.
            if value < edges[bin], bin > 0 { bin -= 1 } else if value >= edges[bin + 1], bin + 1 < counts.count { bin += 1 }
            counts[bin] += 1
        }
        return (edges, counts.indices.map { Double(counts[$0]) / Double(values.count) / (edges[$0 + 1] - edges[$0]) })
    }

    /// The density of N(0, 1).
    static func density(_ x: Double) -> Double { exp(-x * x / 2) / (2 * .pi).squareRoot() }

    public func insets(_ font: Font) -> Insets { axes.insets(size, font) }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let bars = densities.indices.filter { densities[$0] > 0 }.map { index in
            let top = axes.point(edges[index], densities[index], in: area), foot = axes.point(edges[index + 1], 0, in: area)
            return Mark.rectangle(Rectangle(x: top.x, y: top.y, width: foot.x - top.x, height: foot.y - top.y), fill: Self.fill)
        }
        let scale = axes.x.scale, steps = 200
        let normal = (0...steps).map { step in
            let x = scale.low + (scale.high - scale.low) * Double(step) / Double(steps)
            return axes.point(x, Self.density(x), in: area)
        }
        return axes.marks(in: area, font, data: [.group("bars", bars), .line(normal, Self.curve)])
    }
}

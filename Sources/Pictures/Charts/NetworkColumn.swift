/// An activation of a network, and the layers that lead to it.
struct NetworkColumn: Sendable {
    /// [features] or [channels, height, width].
    let shape: [Int]
    /// The layer before it, and what else is said of that; empty for the input.
    var layer = "", notes: [String] = []
    var isLatent = false
    /// Whether it is mu and the log-variance, of `shape` each.
    var isGaussian = false
    /// Classes of the labels that are appended to it; 0 for none.
    var labels = 0

    var count: Int { shape.reduce(1, *) }

    static func columns(input: [Int], steps: [NetworkDiagram.Step]) -> [NetworkColumn] {
        var columns = [NetworkColumn(shape: input)]
        for step in steps {
            switch step {
            case .layer(let name, let notes, let output): columns.append(NetworkColumn(shape: output, layer: name, notes: notes))
            case .gaussian(let name, let count):
                columns.append(NetworkColumn(shape: [count], layer: name, isGaussian: true))
                columns.append(NetworkColumn(shape: [count], layer: "z = μ + σε", notes: ["ε from N(0, 1)"], isLatent: true))
            case .latent: columns[columns.count - 1].isLatent = true
            case .labels(let classes): columns[columns.count - 1].labels = classes
            }
        }
        return columns
    }
}

/// A column that has its place.
struct PlacedColumn {
    let column: NetworkColumn
    /// Where its bar is, or the two bars of mu and the log-variance with the gap between them.
    let bar: Rectangle

    private static let gap = 20.0, textSize = 10.0, lineHeight = 14.0
    private static let link = Palette.color(0).mixed(with: .paper, 0.72), latentLink = Palette.color(1).mixed(with: .paper, 0.62)
    private static let activation = Palette.color(0), latent = Palette.color(6)

    init(_ column: NetworkColumn, _ bar: Rectangle) { (self.column, self.bar) = (column, bar) }

    /// One bar, or two.
    private var bars: [Rectangle] {
        guard column.isGaussian else { return [bar] }
        let height = (bar.height - Self.gap) / 2
        return [bar.y, bar.maxY - height].map { Rectangle(x: bar.x, y: $0, width: bar.width, height: height) }
    }

    /// The layers from the column before: a surface between each of its bars and each of ours, and their names upon it.
    func link(from previous: PlacedColumn, _ font: Font) -> [Mark] {
        let fill = previous.column.isGaussian ? Self.latentLink : Self.link
        let surfaces: [Mark] = previous.bars.flatMap { from in
            bars.map { .area([Point(from.maxX + 2, from.y), Point($0.x - 2, $0.y), Point($0.x - 2, $0.maxY), Point(from.maxX + 2, from.maxY)], fill: fill) }
        }
        let middle = (previous.bar.maxX + bar.x) / 2, room = min(previous.bar.height, bar.height) - 8
        let lines = [Text(column.layer, size: Self.textSize, anchor: .middle, isUpright: true)]
            + column.notes.map { Text($0, size: Self.textSize - 1, color: .faint, anchor: .middle, isUpright: true) }
        let first = middle - Double(lines.count - 1) / 2 * Self.lineHeight
        return surfaces + lines.enumerated().map { index, line in
            font.fit(line, into: room).centered(at: Point(first + Double(index) * Self.lineHeight, bar.midY))
        }
    }

    /// The bars, the shape below them, and labels that come in from above.
    func marks(shapesAt baseline: Double, top: Double) -> [Mark] {
        var marks: [Mark] = bars.map { .rectangle($0, fill: column.isLatent ? Self.latent : Self.activation) }
        let shape = column.shape.map(String.init).joined(separator: "×")
        marks.append(.text(Text(column.isGaussian ? "2×\(shape)" : shape, size: Self.textSize, anchor: .middle), at: Point(bar.midX, baseline)))
        if column.isLatent { marks.append(.text(Text("z", isBold: true, anchor: .middle), at: Point(bar.midX, bar.maxY + 15))) }
        if column.isGaussian {
            marks.append(.text(Text("μ", anchor: .middle), at: Point(bar.midX, bar.y - 6)))
            marks.append(.text(Text("log σ²", size: Self.textSize, anchor: .middle), at: Point(bar.midX, bar.maxY + 15)))
        }
        if column.labels > 0 {
            marks.append(.text(Text("+ \(column.labels) labels", size: Self.textSize, anchor: .middle), at: Point(bar.midX, top + 36)))
            marks.append(.arrow(from: Point(bar.midX, top + 40), to: Point(bar.midX, bar.y - 2)))
        }
        return marks
    }
}

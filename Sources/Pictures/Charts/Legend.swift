/// Samples with what they stand for, one below the other, in as many columns as their height asks for.
struct Legend {
    let size: Size
    private let title: Text
    /// The width of a sample: a symbol alone needs less than a line.
    private let sampleWidth: Double
    private let entries: [(sample: LegendEntry.Sample, label: Text, place: Point)]

    private static let line = 19.0, gap = 8.0, widest = 220.0, columnGap = 16.0, textSize = 11.0

    var isEmpty: Bool { entries.isEmpty }

    /// - Parameter height: what there is for it; one column at least is shown, however long.
    init(_ given: [LegendEntry], title: String, height: Double, _ font: Font) {
        var unique: [LegendEntry] = []
        for entry in given where !unique.contains(entry) { unique.append(entry) }
        self.title = font.fit(Text(title, size: Self.textSize, isBold: true), into: Self.widest)
        let top = title.isEmpty ? 0 : Self.line, rows = max(Int((height - top) / Self.line), 4)
        let isOfSymbols = unique.allSatisfy { if case .symbol = $0.sample { true } else { false } }
        sampleWidth = isOfSymbols ? 12 : 30
        var entries: [(LegendEntry.Sample, Text, Point)] = [], x = 0.0
        for first in stride(from: 0, to: unique.count, by: rows) {
            let labels = unique[first..<min(first + rows, unique.count)].map { font.fit(Text($0.label, size: Self.textSize), into: Self.widest) }
            for (row, label) in labels.enumerated() {
                entries.append((unique[first + row].sample, label, Point(x, top + (Double(row) + 0.5) * Self.line)))
            }
            x += sampleWidth + Self.gap + (labels.map { font.width($0) }.max() ?? 0) + Self.columnGap
        }
        self.entries = entries
        size = Size(max(x - Self.columnGap, font.width(self.title)), top + Double(min(rows, unique.count)) * Self.line)
    }

    func marks(at corner: Point) -> [Mark] {
        let heading: [Mark] = title.string.isEmpty ? [] : [title.centered(at: Point(corner.x, corner.y + Self.line / 2))]
        return heading + entries.flatMap { sample, label, place in
            let left = corner.x + place.x, y = corner.y + place.y, middle = Point(left + sampleWidth / 2, y)
            let marks: [Mark] = switch sample {
            case .symbol(let symbol): [.symbol(Symbol(symbol.shape, radius: 5, color: symbol.color.with(opacity: 1)), at: middle)]
            case .line(let stroke, let symbol):
                [.line([Point(left, y), Point(left + sampleWidth, y)], stroke)] + (symbol.map { [.symbol($0, at: middle)] } ?? [])
            case .area(let color): [.rectangle(Rectangle(x: left + 5, y: y - 5, width: sampleWidth - 10, height: 10), fill: color)]
            }
            return marks + [label.centered(at: Point(left + sampleWidth + Self.gap, y))]
        }
    }
}

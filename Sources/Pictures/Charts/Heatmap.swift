import Plots

/// A table of numbers as colours, with the numbers where they fit: a confusion matrix.
public struct Heatmap: Chart {
    /// A cell: its level 0...1 in viridis, and what stands in it.
    public struct Cell: Sendable {
        public let level: Double
        public let text: String

        public init(level: Double, text: String) { (self.level, self.text) = (level, text) }
    }

    public let title: String
    public let size: Size
    /// [rows][columns], the first row at the top.
    public let cells: [[Cell]]
    private let x: Axis, y: Axis
    private let bar: ColorBar?

    /// - Parameter bar: the colours' meaning, shown at the right: a label, and the numbers of the levels 0 and 1; nil for none.
    public init(title: String, cells: [[Cell]], rowNames: [String], columnNames: [String], xLabel: String, yLabel: String, bar: (label: String, scale: Scale)? = nil,
                size: Size = Size(420, 420)) {
        precondition(cells.count == rowNames.count && cells.allSatisfy { $0.count == columnNames.count }, "cells are [rows][columns]")
        (self.title, self.size, self.cells) = (title, size, cells)
        (x, y) = (Axis(xLabel, names: columnNames), Axis(yLabel, names: rowNames))
        self.bar = bar.map { ColorBar(axis: Axis($0.label, $0.scale)) }
    }

    public func insets(_ font: Font) -> Insets {
        let around = x.insets(length: size.width, isVertical: false, font).union(y.insets(length: size.height, isVertical: true, font))
        return around.union(Insets(right: bar?.width(size.height, font) ?? 0))
    }

    /// A level's colour.
    static func color(_ level: Double) -> Color {
        let samples = Colormap.viridis.samples(Colormap.viridis.level(Float(level)))
        return Color(red: samples[0], green: samples[1], blue: samples[2])
    }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let width = area.width / Double(max(cells.first?.count ?? 1, 1)), height = area.height / Double(max(cells.count, 1))
        let longest = cells.joined().map { font.width($0.text, size: 10) }.max() ?? 0
        // The text is as large as the widest number allows, and left out below six units.
        let textSize = min(12, 10 * (width - 3) / max(longest, 1), height * 0.7)
        var rectangles: [Mark] = [], texts: [Mark] = []
        for (row, line) in cells.enumerated() {
            for (column, cell) in line.enumerated() {
                let place = Rectangle(x: area.x + Double(column) * width, y: area.y + Double(row) * height, width: width, height: height)
                let color = Self.color(cell.level)
                rectangles.append(.rectangle(place, fill: color, stroke: height < 10 ? nil : Stroke(.paper, width: 0.5)))
                guard textSize >= 6, !cell.text.isEmpty else { continue }
                texts.append(Text(cell.text, size: textSize, color: color.contrasting, anchor: .middle).centered(at: Point(place.midX, place.midY)))
            }
        }
        return x.horizontalMarks(area, font) + y.verticalMarks(area, isDownward: true, font)
            + [.group("cells", rectangles), .group("numbers", texts), .frame(area)] + (bar?.marks(beside: area, font) ?? [])
    }
}

/// The colours of a heatmap with their numbers.
struct ColorBar {
    let axis: Axis

    private static let gap = 14.0, thickness = 14.0, tickGap = 4.0, labelGap = 10.0

    func width(_ height: Double, _ font: Font) -> Double {
        Self.gap + Self.thickness + Self.tickGap + tickWidth(height, font) + (axis.label.isEmpty ? 0 : Self.labelGap + Axis.textSize)
    }

    private func tickWidth(_ height: Double, _ font: Font) -> Double {
        axis.ticks(length: height, isVertical: true, font).map { font.width($0.label, size: Axis.textSize) }.max() ?? 0
    }

    func marks(beside area: Rectangle, _ font: Font) -> [Mark] {
        let bar = Rectangle(x: area.maxX + Self.gap, y: area.y, width: Self.thickness, height: area.height), steps = 64
        let step = bar.height / Double(steps)
        // Each strip reaches a little below the next, so that no seam shows.
        var marks: [Mark] = (0..<steps).map { index in
            let y = bar.maxY - Double(index + 1) * step, height = index == 0 ? step : step * 1.5
            return .rectangle(Rectangle(x: bar.x, y: y, width: bar.width, height: height), fill: Heatmap.color((Double(index) + 0.5) / Double(steps)))
        }
        marks.append(.frame(bar))
        for tick in axis.ticks(length: bar.height, isVertical: true, font) {
            let y = bar.maxY - axis.scale.position(tick.value) * bar.height
            marks.append(.line([Point(bar.maxX - 3, y), Point(bar.maxX, y)], Stroke(.axis, width: 0.8)))
            marks.append(Text(tick.label, size: Axis.textSize).centered(at: Point(bar.maxX + Self.tickGap, y)))
        }
        if !axis.label.isEmpty {
            let x = bar.maxX + Self.tickGap + tickWidth(bar.height, font) + Self.labelGap + Axis.textSize * Text.capHeight
            marks.append(.text(Text(axis.label, size: Axis.textSize, anchor: .middle, isUpright: true), at: Point(x, bar.midY)))
        }
        return [.group("color-bar", marks)]
    }
}

/// An axis: its scale, its ticks, and what it shows with its unit.
public struct Axis: Sendable {
    public let label: String
    public let scale: Scale
    private let kind: Kind

    private enum Kind: Sendable {
        case numbers(isWhole: Bool)
        /// The first at 0.5, the next at 1.5 and so on.
        case names([String])
    }

    /// An axis of numbers. `isWhole`: whether there are none between 1 and 2.
    public init(_ label: String, _ scale: Scale, isWhole: Bool = false) {
        (self.label, self.scale, kind) = (label, scale, .numbers(isWhole: isWhole))
    }

    /// An axis of names, each of which takes a length of one on the scale 0...count; `isDownward` for the first at the top of a vertical axis.
    public init(_ label: String, names: [String]) {
        (self.label, scale, kind) = (label, Scale(0, Double(max(names.count, 1))), .names(names))
    }

    static let textSize = 11.0
    private static let tickLength = 4.0, gap = 4.0, labelGap = 8.0

    /// Names where there is room for all of them, else every second, fifth, tenth...
    func ticks(length: Double, isVertical: Bool, _ font: Font) -> [Tick] {
        switch kind {
        case .numbers(let isWhole): return scale.ticks(length: length, room: isVertical ? 42 : 62, isWhole: isWhole)
        case .names(let names):
            let room = isVertical ? Self.textSize * 1.2 : (names.map { font.width($0, size: Self.textSize) }.max() ?? 0) + 4
            let every = [1, 2, 5, 10, 20, 50, 100, 200, 500].first { Double($0) * length / Double(max(names.count, 1)) >= room } ?? 1000
            return names.enumerated().filter { $0.offset % every == 0 }.map { Tick(Double($0.offset) + 0.5, $0.element) }
        }
    }

    /// Whether a grid helps to read the axis.
    var hasGrid: Bool { if case .numbers = kind { true } else { false } }

    /// The room below a horizontal axis of this length, or to the left of a vertical one; and half of the last number beyond its end.
    func insets(length: Double, isVertical: Bool, _ font: Font) -> Insets {
        let ticks = ticks(length: length, isVertical: isVertical, font), title = label.isEmpty ? 0 : Self.labelGap + Self.textSize * 1.2
        let widths = ticks.map { font.width($0.label, size: Self.textSize) }
        if isVertical { return Insets(top: Self.textSize / 2, left: Self.tickLength + Self.gap + (widths.max() ?? 0) + title, bottom: Self.textSize / 2) }
        let half = (widths.last ?? 0) / 2, end = (1 - scale.position(ticks.last?.value ?? scale.low)) * length
        return Insets(bottom: Self.tickLength + Self.gap + Self.textSize + title, right: max(0, half - end))
    }

    /// The axis at the area's lower edge.
    func horizontalMarks(_ area: Rectangle, _ font: Font) -> [Mark] {
        var grid: [Mark] = [], marks: [Mark] = []
        for tick in ticks(length: area.width, isVertical: false, font) {
            let x = area.x + scale.position(tick.value) * area.width
            if hasGrid { grid.append(.line([Point(x, area.y), Point(x, area.maxY)], Stroke(.grid, width: 0.8))) }
            marks.append(.line([Point(x, area.maxY), Point(x, area.maxY + Self.tickLength)], Stroke(.axis, width: 0.8)))
            let baseline = area.maxY + Self.tickLength + Self.gap + Self.textSize * Text.capHeight
            marks.append(.text(Text(tick.label, size: Self.textSize, anchor: .middle), at: Point(x, baseline)))
        }
        if !label.isEmpty {
            let y = area.maxY + Self.tickLength + Self.gap + Self.textSize + Self.labelGap + Self.textSize * Text.capHeight
            marks.append(.text(font.fit(Text(label, anchor: .middle), into: area.width * 1.1), at: Point(area.midX, y)))
        }
        return [.group("grid", grid), .group("x-axis", marks)]
    }

    /// The axis at the area's left edge; `isDownward` for its low end at the top.
    func verticalMarks(_ area: Rectangle, isDownward: Bool = false, _ font: Font) -> [Mark] {
        let ticks = ticks(length: area.height, isVertical: true, font)
        var grid: [Mark] = [], marks: [Mark] = []
        for tick in ticks {
            let share = scale.position(tick.value), y = isDownward ? area.y + share * area.height : area.maxY - share * area.height
            if hasGrid { grid.append(.line([Point(area.x, y), Point(area.maxX, y)], Stroke(.grid, width: 0.8))) }
            marks.append(.line([Point(area.x - Self.tickLength, y), Point(area.x, y)], Stroke(.axis, width: 0.8)))
            marks.append(Text(tick.label, size: Self.textSize, anchor: .end).centered(at: Point(area.x - Self.tickLength - Self.gap, y)))
        }
        if !label.isEmpty {
            let width = ticks.map { font.width($0.label, size: Self.textSize) }.max() ?? 0
            let x = area.x - Self.tickLength - Self.gap - width - Self.labelGap - Self.textSize * 0.3
            marks.append(.text(font.fit(Text(label, anchor: .middle, isUpright: true), into: area.height * 1.1), at: Point(x, area.midY)))
        }
        return [.group("grid", grid), .group("y-axis", marks)]
    }
}

/// A horizontal and a vertical axis, with a grid and a frame.
public struct Axes: Sendable {
    public let x: Axis, y: Axis

    public init(x: Axis, y: Axis) { (self.x, self.y) = (x, y) }

    func insets(_ size: Size, _ font: Font) -> Insets {
        x.insets(length: size.width, isVertical: false, font).union(y.insets(length: size.height, isVertical: true, font))
    }

    /// Where numbers lie in an area.
    func point(_ x: Double, _ y: Double, in area: Rectangle) -> Point {
        Point(area.x + self.x.scale.position(x) * area.width, area.maxY - self.y.scale.position(y) * area.height)
    }

    /// Axes with `data` above their grid and below their frame.
    func marks(in area: Rectangle, _ font: Font, data: [Mark]) -> [Mark] {
        x.horizontalMarks(area, font) + y.verticalMarks(area, font) + [.group("data", data), .frame(area)]
    }
}

extension Mark {
    /// The thin line around an area.
    static func frame(_ area: Rectangle) -> Mark {
        .line(area.corners + [Point(area.x, area.y)], Stroke(.axis, width: 0.8))
    }
}

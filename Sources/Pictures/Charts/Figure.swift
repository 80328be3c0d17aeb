/// Panels beside and below one another, under a title, with one legend at their right.
public struct Figure: Sendable {
    public let title: String
    /// A line below the title, of less weight; empty for none.
    public let subtitle: String
    public let panels: [any Chart]
    /// Panels in a row.
    public let columns: Int
    /// What the legend's entries are; empty for nothing above them.
    public let legendTitle: String

    public init(title: String, subtitle: String = "", panels: [any Chart], columns: Int? = nil, legendTitle: String = "") {
        precondition(!panels.isEmpty, "a figure has panels")
        (self.title, self.subtitle, self.panels, self.legendTitle) = (title, subtitle, panels, legendTitle)
        self.columns = min(columns ?? Self.columns(for: panels.count), panels.count)
    }

    /// Up to three panels in a row, four panels as a square.
    private static func columns(for count: Int) -> Int { count == 4 ? 2 : count <= 12 ? 3 : 4 }

    private static let margin = 14.0, gap = 18.0, titleSize = 15.0, panelTitleSize = 12.0
    /// A narrow figure is widened up to this for its title, which is cut beyond.
    private static let narrowest = 480.0

    /// Lays everything out. No two panels, and no text of different ones, overlap.
    public func drawing(_ font: Font) -> Drawing {
        let insets = panels.reduce(Insets()) { $0.union($1.insets(font)) }
        let area = panels.reduce(Size(0, 0)) { Size(max($0.width, $1.size.width), max($0.height, $1.size.height)) }
        let heading = panels.contains { !$0.title.isEmpty } ? Self.panelTitleSize * 1.7 : 0
        let cell = Size(insets.left + area.width + insets.right, heading + insets.top + area.height + insets.bottom)
        let rows = (panels.count + columns - 1) / columns
        let legend = Legend(panels.flatMap(\.legend), title: legendTitle, height: Double(rows) * cell.height, font)
        let head = Self.margin + (title.isEmpty ? 0 : Self.titleSize * 1.5) + (subtitle.isEmpty ? 0 : Axis.textSize * 1.6)

        var marks: [Mark] = []
        for (index, panel) in panels.enumerated() {
            let (row, column) = index.quotientAndRemainder(dividingBy: columns)
            let x = Self.margin + Double(column) * (cell.width + Self.gap) + insets.left
            let y = head + Double(row) * (cell.height + Self.gap) + heading + insets.top
            marks.append(.group("panel", self.marks(panel, Rectangle(x: x, y: y, width: panel.size.width, height: panel.size.height), insets, font)))
        }
        let right = Self.margin + Double(columns) * (cell.width + Self.gap) - Self.gap
        if !legend.isEmpty { marks.append(.group("legend", legend.marks(at: Point(right + Self.gap, head + heading + insets.top)))) }
        let width = max(right + (legend.isEmpty ? 0 : Self.gap + legend.size.width), Self.margin + min(headingWidth(font), Self.narrowest)) + Self.margin
        let bottom = head + Double(rows) * (cell.height + Self.gap) - Self.gap
        let height = max(bottom, head + heading + insets.top + legend.size.height) + Self.margin
        marks.insert(.group("title", titleMarks(width: width - 2 * Self.margin, font)), at: 0)
        return Drawing(size: Size(width.rounded(.up), height.rounded(.up)), title: title, marks: marks)
    }

    private func marks(_ panel: any Chart, _ area: Rectangle, _ insets: Insets, _ font: Font) -> [Mark] {
        let title = font.fit(Text(panel.title, size: Self.panelTitleSize, isBold: true), into: area.width + insets.right)
        let heading: [Mark] = panel.title.isEmpty ? [] : [.text(title, at: Point(area.x, area.y - insets.top - Self.panelTitleSize * 0.4))]
        return heading + panel.marks(in: area, font)
    }

    private var headings: [Text] { [Text(title, size: Self.titleSize, isBold: true), Text(subtitle, size: Axis.textSize, color: .faint)] }

    private func headingWidth(_ font: Font) -> Double { headings.map { font.width($0).rounded(.up) }.max() ?? 0 }

    private func titleMarks(width: Double, _ font: Font) -> [Mark] {
        var marks: [Mark] = [], y = Self.margin
        for text in headings where !text.string.isEmpty {
            marks.append(.text(font.fit(text, into: width), at: Point(Self.margin, y + text.size)))
            y += text.size * (text.isBold ? 1.5 : 1.6)
        }
        return marks
    }
}

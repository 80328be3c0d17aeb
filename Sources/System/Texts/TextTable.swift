/// A table of text: columns as wide as their widest cell, two spaces between them.
public struct TextTable {
    public enum Alignment: Sendable { case left, right }

    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// - Parameter columns: the headings, each with its column's alignment.
    public init(_ columns: [(title: String, alignment: Alignment)]) {
        alignments = columns.map(\.alignment)
        if columns.contains(where: { !$0.title.isEmpty }) { rows.append(columns.map(\.title)) }
    }

    /// Adds a row, a cell for each column.
    public mutating func add(_ cells: [String]) {
        precondition(cells.count == alignments.count, "\(cells.count) cells for \(alignments.count) columns")
        rows.append(cells)
    }

    /// The lines, the headings first, without blanks at their ends.
    public var lines: [String] {
        let widths = alignments.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.indices.map { row[$0].padded(to: widths[$0], alignments[$0]) }
            return cells.joined(separator: "  ").withoutTrailingBlanks
        }
    }
}

extension String {
    /// With blanks after it, or before it, to a width in characters.
    public func padded(to width: Int, _ alignment: TextTable.Alignment = .left) -> String {
        let blanks = String(repeating: " ", count: Swift.max(0, width - count))
        return alignment == .left ? self + blanks : blanks + self
    }

    /// Its first characters, the last of them an ellipsis where something was cut.
    public func cut(to width: Int) -> String { count <= width ? self : prefix(width - 1) + "…" }

    var withoutTrailingBlanks: String {
        lastIndex { $0 != " " }.map { String(self[...$0]) } ?? ""
    }
}

import Charts
import ModelFiles
import SystemFiles
import Texts
import ToolSupport

/// What a reader read for each class.
enum ConfusionPlot {
    static func figure(_ inputs: [PlotInput], _ selection: Selection) throws -> Figure {
        let panels = try inputs.flatMap { input -> [Heatmap] in
            let names = try input.scores()
            guard !names.isEmpty else { throw ToolError(.badData, "\(input.path):/scores: there are none; aescore keeps some with --record") }
            if let score = selection.score, !names.contains(score) {
                throw ToolError(.badData, "\(input.path):/scores: has no '\(score.printable)', but \(names.map(\.printable).joined(separator: ", "))")
            }
            let chosen = selection.score.map { [$0] } ?? names
            return try chosen.map { try panel(Score.confusion($0, in: input.stored().root), "\(inputs.count > 1 ? "\(input.name), " : "")\($0.printable)") }
        }
        return Figure(title: inputs.count == 1 ? "\(inputs[0].name): what the reader reads" : "What the reader reads", subtitle: "numbers are images",
                      panels: panels, columns: panels.count == 4 ? 2 : 3)
    }

    private static func panel(_ confusion: [[Int]], _ name: String) -> Heatmap {
        let classes = confusion.indices, totals = confusion.map { $0.reduce(0, +) }, all = totals.reduce(0, +)
        let right = classes.reduce(0) { $0 + confusion[$1][$1] }
        let cells = classes.map { row in
            confusion[row].map { Heatmap.Cell(level: totals[row] > 0 ? Double($0) / Double(totals[row]) : 0, text: $0 > 0 ? String($0) : "") }
        }
        let accuracy = all > 0 ? ": \(Decimal.fixed(100 * Double(right) / Double(all), 2)) % right" : ""
        return Heatmap(title: name + accuracy, cells: cells, rowNames: classes.map(String.init), columnNames: classes.map(String.init), xLabel: "class read",
                       yLabel: "true class", bar: ("percent of the true class", Scale(0, 100)))
    }
}

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
            return try chosen.map { try panel(ScoreRecord.confusion($0, in: input.stored().root), "\(inputs.count > 1 ? "\(input.name), " : "")\($0.printable)") }
        }
        return Figure(title: inputs.count == 1 ? "\(inputs[0].name): what the reader reads" : "What the reader reads", subtitle: "numbers are images",
                      panels: panels, columns: panels.count == 4 ? 2 : 3)
    }

    private static func panel(_ confusion: Confusion, _ name: String) -> Heatmap {
        let classes = 0..<confusion.classes
        let cells = confusion.counts.map { counts in
            let total = counts.reduce(0, +)
            return counts.map { Heatmap.Cell(level: total > 0 ? Double($0) / Double(total) : 0, text: $0 > 0 ? String($0) : "") }
        }
        let accuracy = confusion.count > 0 ? ": \(Decimal.fixed(confusion.accuracy, 2)) % right" : ""
        return Heatmap(title: name + accuracy, cells: cells, rowNames: classes.map(String.init), columnNames: classes.map(String.init), xLabel: "class read",
                       yLabel: "true class", bar: ("percent of the true class", Scale(0, 100)))
    }
}

import Charts
import ModelFiles
import Networks
import Optimization
import ToolSupport

/// Losses over epochs: of training dashed, of evaluation drawn through.
enum HistoryPlot {
    static func figure(_ inputs: [PlotInput]) throws -> Figure {
        var series: [LineChart.Series] = [], entries: [LegendEntry] = [], units: Set<String> = []
        for (index, input) in inputs.enumerated() {
            let file = try input.stored()
            guard file.root.contains("training") else { throw ToolError(.badData, "\(input.path): has no training history; aetrain writes one") }
            let history = try TrainingRecord(file.root).state.history
            guard !history.isEmpty else { throw ToolError(.badData, "\(input.path):/training/history: no epoch has ended yet") }
            units.insert(unit(try input.model()))
            let color = Palette.color(index), eval = Stroke(color, width: 2), train = Stroke(color, width: 1.4, dash: [5, 3])
            let symbol = history.count > 60 ? nil : Symbol(Palette.shape(index + index / Palette.colors.count), radius: inputs.count > 1 ? 3.6 : 3, color: color)
            series.append(.init("\(input.name), training", history.map { Point(Double($0.epoch), $0.trainLoss) }, stroke: train))
            series.append(.init("\(input.name), evaluation", history.map { Point(Double($0.epoch), $0.evalLoss) }, stroke: eval, symbol: symbol))
            entries.append(LegendEntry(.line(eval, symbol), input.name))
        }
        let values = series.flatMap { $0.points.map(\.y) }
        guard !values.isEmpty else { throw ToolError(.badData, "\(inputs[0].path):/training/history: has no loss that is finite") }
        let ink = Palette.color(8)
        entries = (inputs.count > 1 ? entries : []) + [("evaluation", Stroke(inputs.count > 1 ? ink : Palette.color(0), width: 2)),
            ("training", Stroke(inputs.count > 1 ? ink : Palette.color(0), width: 1.4, dash: [5, 3]))].map { LegendEntry(.line($1), $0) }
        let kind = kind(values), unit = units.count == 1 ? units.first! : "loss"
        let chart = LineChart(title: "", series: series, xLabel: "epoch", yLabel: unit + (kind == .logarithmic ? ", logarithmic" : ""), isWhole: true, kind: kind,
                              legend: entries, size: Size(480, inputs.count > 1 ? 400 : 320))
        return Figure(title: inputs.count == 1 ? "\(inputs[0].name): loss" : "Loss of \(inputs.count) models", panels: [chart])
    }

    /// Logarithms where the losses differ so much that the small ones would lie on the axis.
    private static func kind(_ values: [Double]) -> Scale.Kind {
        let low = values.min() ?? 0, high = values.max() ?? 0
        return low >= 1 / Scale.largest && high / low > 30 ? .logarithmic : .linear
    }

    /// What the loss is, with its unit.
    private static func unit(_ model: ModelDescription) -> String {
        if model.isReader { return "loss (cross-entropy, nats an image)" }
        return model.isVariational ? "loss (squared error + KL, weighted)" : "loss (mean squared error a pixel)"
    }
}

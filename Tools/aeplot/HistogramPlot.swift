import Charts
import Texts
import ToolSupport

/// How often the numbers of the latents occur, beside the density of N(0, 1).
enum HistogramPlot {
    private static let most = 16

    static func figure(_ inputs: [PlotInput], _ selection: Selection) throws -> Figure {
        var panels: [HistogramChart] = [], facts: Set<String> = [], widest = 0
        for input in inputs {
            let latents = try input.latents(split: selection.split, epoch: selection.epoch)
            let indices = try selection.indices(of: latents.size) ?? Array(0..<latents.size)
            guard indices.count <= most else {
                throw ToolError.usage("a figure shows up to \(most) numbers, and the latents of \(input.path) have \(indices.count): --dimensions chooses some")
            }
            panels += indices.map { index in
                HistogramChart(title: inputs.count > 1 ? input.name : "", values: latents.column(index), valueLabel: "latents",
                               xLabel: Decimal.subscripted("z", index), yLabel: "density")
            }
            facts.insert(latents.text)
            widest = max(widest, indices.count)
        }
        let epoch = selection.epoch.map { " after epoch \($0)" } ?? ""
        return Figure(title: (inputs.count == 1 ? "\(inputs[0].name): distribution of the latents" : "Distribution of the latents") + epoch,
                      subtitle: facts.sorted().joined(separator: "; "), panels: panels, columns: inputs.count > 1 && widest <= 4 ? widest : nil)
    }
}

import Charts
import ModelFiles
import Texts
import ToolSupport

/// The variance that each component of a PCA explains; of other files, that of each number of the latents.
enum VariancePlot {
    /// Components that are shown at least, where there are so many.
    private static let least = 20

    static func figure(_ inputs: [PlotInput], _ selection: Selection) throws -> Figure {
        let isOne = inputs.count == 1, size = isOne ? Size(480, 300) : Size(300, 230)
        var facts: [String] = []
        let panels = try inputs.map { input in
            if let file = input.file, selection.split == nil, selection.epoch == nil, let explained = try ExplainedVariance.read(file.root) {
                let shares = Array(explained.shares.prefix(max(explained.kept, least))).map { 100 * $0 }
                let sums = shares.indices.map { shares[...$0].reduce(0, +) }
                facts.append("the model keeps \(explained.kept) of \(explained.shares.count) components: \(Decimal.fixed(sums[explained.kept - 1], 1)) % of the variance")
                return BarChart(title: isOne ? "" : input.name, values: shares, names: shares.indices.map { String($0 + 1) }, line: sums, xLabel: "principal component",
                                yLabel: "explained variance, percent", labels: ("each", "all so far"), size: size)
            }
            let latents = try input.latents(split: selection.split, epoch: selection.epoch)
            let values = (0..<latents.size).map { variance(latents.column($0)) }
            facts.append(latents.text)
            return BarChart(title: isOne ? "" : input.name, values: values, names: values.indices.map(String.init), xLabel: "dimension of z", yLabel: "variance of z", size: size)
        }
        return Figure(title: isOne ? "\(inputs[0].name): variance" : "Variance", subtitle: Set(facts).count == 1 ? facts[0] : "", panels: panels)
    }

    /// The variance over all n, as numpy's `var`.
    private static func variance(_ values: [Double]) -> Double {
        let mean = values.reduce(0, +) / Double(values.count)
        return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
}

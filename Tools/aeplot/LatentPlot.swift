import Charts
import Components
import Texts
import ToolSupport

/// Latents as points: two numbers as they are, more in the plane of their principal components or pair by pair.
enum LatentPlot {
    private static let mostPairs = 6

    static func figure(_ inputs: [PlotInput], _ selection: Selection) throws -> Figure {
        if selection.pairs, inputs.count > 1 { throw ToolError.usage("--pairs is for one file") }
        var panels: [any Chart] = [], facts: [String] = []
        for input in inputs {
            let latents = try input.latents(split: selection.split, epoch: selection.epoch)
            guard latents.size > 1 else { throw ToolError(.badData, "\(input.path): has latents of one number: --histogram plots them") }
            let indices = try selection.indices(of: latents.size) ?? Array(0..<latents.size)
            guard indices.count > 1 else { throw ToolError.usage("--dimensions names one number; points have two: --histogram plots one") }
            let title = inputs.count > 1 ? input.name : "", size = inputs.count > 1 || selection.pairs && indices.count > 2 ? Size(260, 240) : Size(480, 420)
            if selection.pairs {
                panels += try pairs(latents, indices, size)
            } else if indices.count == 2 {
                panels.append(plane(latents, indices[0], indices[1], title, size))
            } else {
                panels.append(try principal(latents, indices, title, size))
            }
            facts.append(latents.text + (indices.count > 2 && !selection.pairs ? ", PCA of \(indices.count) dimensions" : ""))
        }
        let epoch = selection.epoch.map { " after epoch \($0)" } ?? ""
        return Figure(title: (inputs.count == 1 ? "\(inputs[0].name): latents" : "Latents") + epoch, subtitle: facts.enumerated().filter { facts.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: "; "),
                      panels: panels, columns: panels.count == 4 ? 2 : panels.count > 6 ? 4 : 3, legendTitle: "class")
    }

    private static func plane(_ latents: PlotLatents, _ first: Int, _ second: Int, _ title: String, _ size: Size) -> ScatterChart {
        ScatterChart(title: title, x: latents.column(first), y: latents.column(second), classes: latents.labels,
                     xLabel: Decimal.subscripted("z", first), yLabel: Decimal.subscripted("z", second), size: size)
    }

    private static func pairs(_ latents: PlotLatents, _ indices: [Int], _ size: Size) throws -> [ScatterChart] {
        guard indices.count <= mostPairs else {
            throw ToolError.usage("--pairs shows up to \(mostPairs) numbers, and here are \(indices.count): --dimensions chooses some")
        }
        return indices.enumerated().flatMap { place, first in
            indices[(place + 1)...].map { plane(latents, first, $0, "", size) }
        }
    }

    private static func principal(_ latents: PlotLatents, _ indices: [Int], _ title: String, _ size: Size) throws -> ScatterChart {
        let points = (0..<latents.count).flatMap { row in indices.map { latents.values[row * latents.size + $0] } }
        let plane = try PrincipalPlane(points, size: indices.count)
        func label(_ name: String, _ component: Int) -> String { "\(name) component (\(Decimal.fixed(100 * plane.shares[component], 1)) % of variance)" }
        return ScatterChart(title: title, x: plane.x, y: plane.y, classes: latents.labels, xLabel: label(size.width > 400 ? "first" : "1st", 0),
                            yLabel: label(size.width > 400 ? "second" : "2nd", 1), size: size)
    }
}

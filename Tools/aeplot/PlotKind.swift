import ArgumentParser
import Charts
import SystemFiles
import ToolSupport

/// What is plotted.
enum PlotKind: String, EnumerableFlag {
    case latents, history, variance, confusion, medians, histogram, reconstructions, network

    static func help(for value: PlotKind) -> ArgumentHelp? {
        switch value {
        case .latents: "Latents as points, with a colour and a shape for each class."
        case .history: "The loss after every epoch, in training and evaluation."
        case .variance: "The variance that each component of a PCA explains, or that of each number of the latents."
        case .confusion: "What a reader read for each class: scores that aescore keeps with --record."
        case .medians: "The median latent of each class, and the image that it decodes to."
        case .histogram: "How often the numbers of the latents occur, and the density of N(0, 1)."
        case .reconstructions: "Images of --data, and what each model makes of them."
        case .network: "The network's layers."
        }
    }

    /// Those that read latents.
    static let ofLatents: [PlotKind] = [.latents, .histogram, .variance, .medians]

    /// What files are plotted as where the user does not say. Throws `ToolError` where nothing in them can be plotted.
    static func usual(for inputs: [PlotInput]) throws -> PlotKind {
        if inputs.count > 1, try inputs.allSatisfy({ try $0.holds(.history) }) { return .history }
        for kind in [PlotKind.latents, .histogram, .confusion, .history, .network] where try inputs[0].holds(kind) { return kind }
        throw ToolError(.badData, "\(inputs[0].path): holds nothing to plot: no latents, no scores (aescore keeps some with --record), no model")
    }

    /// - Parameter note: is given messages to the user.
    func figure(_ inputs: [PlotInput], _ selection: Selection, note: (String) -> Void) throws -> Figure {
        switch self {
        case .latents: try LatentPlot.figure(inputs, selection)
        case .history: try HistoryPlot.figure(inputs)
        case .variance: try VariancePlot.figure(inputs, selection)
        case .confusion: try ConfusionPlot.figure(inputs, selection)
        case .medians: try MedianPlot.figure(inputs, selection)
        case .histogram: try HistogramPlot.figure(inputs, selection)
        case .reconstructions: try ReconstructionPlot.figure(inputs, selection, note: note)
        case .network: try NetworkPlot.figure(inputs)
        }
    }
}

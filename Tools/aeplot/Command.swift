import ArgumentParser
import Charts
import SystemFiles
import Texts
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aeplot",
        abstract: "Plots what files hold: latents, losses, variance, confusion, medians, reconstructions, the network.",
        discussion: """
            Examples: aeplot vae2.h5 -o latents.png
                      aeplot ae2.h5 ae3.h5 ae4.h5 --history -o losses.svg
                      aeplot conv4.h5 --latents --pairs --dimensions 0,1,2 -o pairs.png

            Several files share the plot of their losses and that of reconstructions, and have a panel each in all others. With no kind named, it is losses for several files that \
            have them; else the first of latents, confusion, losses and network that the file holds. An existing output is replaced, whole or not at all.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("Model files; with --latents, --histogram and --variance also files of latents: .h5, .npy or .csv.", valueName: "file"), completion: .file())
    var files: [String]
    @Flag(exclusivity: .exclusive, help: "What to plot.")
    var kind: PlotKind?
    @OptionGroup var selection: Selection
    @Option(help: ArgumentHelp("The line above the plot; an empty one for none. (default: what is plotted)", valueName: "text"))
    var title: String?
    @Option(help: ArgumentHelp("Pixels of a PNG for a unit of the plot, whose small text is 11 units high. (default: 2)", valueName: "n"))
    var scale: Int?
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write: .png or .svg.", valueName: "file"), completion: .file())
    var output: String
    @Flag(help: "Accepted for the sake of scripts: an existing output is replaced anyway.")
    var force = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        let isPNG = output.hasSuffix(".png"), scale = scale ?? 2, paths = files.map(NegativeNumbers.restore)
        try OutputFile.check(output, endings: [".png", ".svg"], inputs: paths + [selection.images.data].compactMap { $0 })
        if self.scale != nil, !isPNG { throw ToolError.usage("--scale has no meaning without a .png to write") }
        guard (1...16).contains(scale) else { throw ToolError.usage("--scale is \(scale), not within 1 to 16") }
        try selection.check(kind)
        let inputs = try PlotInput.open(paths), kind = try kind ?? PlotKind.usual(for: inputs)
        if self.kind == nil { try selection.checkFit(kind) }
        let figure = try kind.figure(inputs, selection, note: note).titled(title.map(NegativeNumbers.restore))
        do {
            let font = try Font(), drawing = figure.drawing(font)
            try AtomicFile.write(isPNG ? drawing.image(scale: scale).encode() : Array(drawing.svg(font).utf8), to: output)
        } catch let error as ChartError {
            throw ToolError(.cannotCreate, "\(error)")
        }
    }
}

extension Figure {
    /// With the user's title in place of its own, where there is one.
    func titled(_ title: String?) -> Figure {
        guard let title else { return self }
        return Figure(title: title.printable, subtitle: subtitle, panels: panels, columns: columns, legendTitle: legendTitle)
    }
}

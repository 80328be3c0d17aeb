import ArgumentParser
import PNGFiles
import Plots
import ToolSupport

/// The options that say how images are shown and where they go.
struct PictureOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Pixels for one of an image, both ways. (default: 1)", valueName: "n"))
    var scale: Int?
    @Option(help: ArgumentHelp("Images in a row of the sheet. (default: what suits the source)", valueName: "n"))
    var columns: Int?
    @Option(help: ArgumentHelp("Colours: gray or viridis. (default: gray)", valueName: "name"))
    var colormap: Colormap?
    @Flag(help: "Write a file an image: out-000.png, out-001.png and so on, in place of a sheet.")
    var each = false
    @Flag(help: "Accepted for the sake of scripts: an existing output is replaced anyway.")
    var force = false
    @Option(name: .shortAndLong, help: ArgumentHelp("The PNG to write, - for standard output; or a .h5 for the images as they are, any number of them.", valueName: "file"), completion: .file())
    var output: String?

    /// Where the picture goes, after a check of the options. Throws `ToolError`.
    ///
    /// - Parameter inputs: files that are read, which the output must not replace.
    func target(besides inputs: [String?], quiet: Bool) throws -> PictureTarget {
        guard let output, !output.isEmpty else { throw ToolError.usage("-o is needed: the PNG to write, or - for standard output") }
        if PictureTarget.isData(output), each || scale != nil || columns != nil || colormap != nil {
            throw ToolError.usage("--each, --scale, --columns and --colormap have no meaning with \(output): a .h5 holds the images as they are")
        }
        for (option, value) in [("--scale", scale ?? 1), ("--columns", columns ?? 1)] where !(1...PNGImage.maximumSide).contains(value) {
            throw ToolError.usage("\(option) is \(value), not within 1 to \(PNGImage.maximumSide)")
        }
        if each, columns != nil { throw ToolError.usage("--columns has no meaning with --each: there is no sheet") }
        if let ending = [".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".pdf", ".npy"].first(where: output.lowercased().hasSuffix) {
            throw ToolError.usage("-o \(output) ends in \(ending), but pictures are .png, and images as numbers .h5")
        }
        if output == "-" {
            if each { throw ToolError.usage("--each writes several files: -o names the first part of their names, not standard output") }
            if Messages.outputIsTerminal { throw ToolError.usage("standard output is a terminal: -o names a file, or a pipe or > takes the PNG") }
        } else {
            try OutputFile.check(output, inputs: inputs.compactMap { $0 })
        }
        return PictureTarget(path: output, each: each, scale: scale ?? 1, columns: columns, colormap: colormap ?? .gray, quiet: quiet)
    }
}

extension Colormap: ExpressibleByArgument {}

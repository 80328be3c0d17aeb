import ArgumentParser
import Evaluation
import Images
import ModelFiles
import Networks
import Platform
import Texts
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aereconstruct",
        abstract: "Reconstructs images, and measures how far the reconstructions are from them.",
        discussion: """
            Examples: aereconstruct conv2.h5 --data mnist -o recon.h5
                      aereconstruct conv2.h5 --limit 20 -o sheet.png

            The output's ending says what it is: .h5 holds all reconstructions under /reconstructions/<split>, in memory that does not grow with them; .png is a \
            sheet of the originals, each above its reconstruction (20 of them unless --limit says otherwise). An existing output is replaced, whole or not at all.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("The model file.", valueName: "model"), completion: .file())
    var model: String
    @OptionGroup var encoding: EncodingOptions
    @OptionGroup var sheet: SheetOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write: .h5 or .png.", valueName: "file"), completion: .file())
    var output: String
    @Flag(help: "Accepted for the sake of scripts: an existing output is replaced anyway.")
    var force = false
    @Flag(help: "Print the measures as JSON: count, mse, psnr.")
    var json = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        try encoding.check()
        try sheet.check(isSheet: output.hasSuffix(".png"))
        try OutputFile.check(output, endings: [".h5", ".png"], inputs: [model, encoding.images.data].compactMap { $0 })
        let network = try encoding.network(model), data = try encoding.images.select()
        if let notice = data.notice { note(notice) }
        let isSheet = output.hasSuffix(".png")
        let images = ProgressBar.following(try encoding.stream(for: network, data, limit: isSheet ? 20 : nil), quiet: common.quiet)
        note(data)
        let inference = Inference(network, threads: Processors.count, of: images.count)
        var error = ReconstructionError()
        if isSheet {
            try sheet.write(images, inference, sampling: encoding.sampling, to: output) { error.add($0, $1) }
        } else {
            try StoredFile.replace(output, kind: .reconstructions) { root in
                try ReconstructionRecord.write(images, inference, split: encoding.split, sampling: encoding.sampling, to: root) { error.add($0, $1) }
            }
        }
        try report(error)
    }

    private func report(_ error: ReconstructionError) throws {
        if json {
            return try output(JSON.object([("count", .integer(error.count)), ("mse", .number(error.mean)), ("psnr", .number(error.psnr))]).text)
        }
        try output("\(error.count.grouped) images  mean squared error \(error.mean.significant(5))  PSNR \(error.psnr.fixed(2)) dB")
    }
}

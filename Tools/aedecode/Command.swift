import ArgumentParser
import ModelFiles
import Networks
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aedecode",
        abstract: "Decodes latent vectors to images in a PNG.",
        discussion: """
            Examples: aedecode conv2.h5 --medians -o medians.png
                      aedecode cvae2.h5 --grid --range -3:3 --label 4 -o grid.png
                      aedecode vae2.h5 --z -1.5,2 --z 0,0 -o - > two.png

            Just one option says which vectors: --z, --z-file, --random, --grid, --medians or --between. One image is as large as the network has it, several make a \
            sheet in the order of reading. With -o images.h5 any number of images goes into one file, under /reconstructions/decoded. An existing output is replaced, whole or not at all.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("The model file.", valueName: "model"), completion: .file())
    var model: String?
    @OptionGroup(title: "Latent vectors") var latents: LatentOptions
    @Option(help: ArgumentHelp("The class that a conditional network decodes, or all of them: a row of images a vector. (--medians: each class its own)", valueName: "d|all"))
    var label: String?
    @Option(help: ArgumentHelp("Decode with the weights of this epoch, which aetrain keeps with --record weights.", valueName: "n"))
    var epoch: Int?
    @OptionGroup(title: "Picture") var picture: PictureOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard let model else { throw ToolError.usage("the model file is missing; it stands before --z and --between, which take all words that follow") }
        let source = try latents.source()
        let target = try picture.target(besides: [model, latents.zFile], quiet: common.quiet)
        let file = try StoredFile(model), network = try ModelRecord.decoder(of: file, epoch: epoch)
        try check(network.description, model, target)
        let chosen = try source.vectors(for: network.description, file, epoch: epoch)
        let labels = try Labels(label, of: network.description, model, own: chosen.classes)
        try target.write(Decoding(network, chosen.vectors, labels), columns: labels.columns ?? chosen.columns)
        if case .random = source, !network.description.isVariational {
            note("\(model) is not variational: its latents do not follow N(0, 1), and random ones may look like nothing")
        }
    }

    /// Refuses images that no PNG holds, and colours for what has its own.
    private func check(_ network: ModelDescription, _ model: String, _ target: PictureTarget) throws {
        let shape = network.inputShape
        guard !target.isPicture || shape.isPicture else {
            throw ToolError(.badData, "\(model):/model: decodes to images of \(shape.axes.times), which no PNG holds; -o images.h5 does")
        }
        guard shape.channels == 1 || target.colormap == .gray else { throw ToolError.usage("--colormap is for gray images; \(model) decodes to colour") }
    }
}

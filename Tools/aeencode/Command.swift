import ArgumentParser
import Images
import ModelFiles
import Networks
import Platform
import SystemFiles
import Texts
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aeencode",
        abstract: "Encodes images to latent vectors.",
        discussion: """
            Examples: aeencode conv2.h5 --data mnist -o latents.h5
                      aeencode vae2.h5 --limit 100 --sample --seed 1 -o z.npy

            The output's ending says its format. HDF5 holds z, labels, and mu and logvar of a variational network under /latents/<split>; .npy and .csv \
            hold z [n, d] alone. An existing output is replaced, whole or not at all.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("The model file.", valueName: "model"), completion: .file())
    var model: String
    @OptionGroup var encoding: EncodingOptions
    @Option(name: .shortAndLong, help: ArgumentHelp("The file to write: .h5, .npy or .csv.", valueName: "file"), completion: .file())
    var output: String
    @Flag(help: "Accepted for the sake of scripts: an existing output is replaced anyway.")
    var force = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        try encoding.check()
        try OutputFile.check(output, endings: [".h5", ".npy", ".csv"], inputs: [model, encoding.images.data].compactMap { $0 })
        let network = try encoding.network(model), data = try encoding.images.select()
        if let notice = data.notice { note(notice) }
        let images = ProgressBar.following(try encoding.stream(for: network, data), quiet: common.quiet)
        note(data)
        let inference = Inference(network, threads: Processors.count, of: images.count)
        if output.hasSuffix(".h5") {
            try StoredFile.replace(output, kind: .latents) { root in
                try LatentRecord.write(images, inference, split: encoding.split, sampling: encoding.sampling, to: root)
            }
        } else {
            let format: VectorWriter.Format = output.hasSuffix(".npy") ? .npy : .csv
            try VectorWriter.replace(output, format, count: images.count, size: network.description.latentCount) { writer in
                try LatentRecord.forEachChunk(images, inference, sampling: encoding.sampling) { try writer.append($1.z) }
            }
        }
        note("\(images.count.grouped) images, \(network.description.latentCount) numbers each: \(output)")
    }
}

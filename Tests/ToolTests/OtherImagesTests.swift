import Foundation
import Layers
import ModelFiles
import Networks
import Optimization
import Tensors
import Testing
import TestSupport

/// Sound files of networks for images of another shape, which no data set here has: refused before a pixel is read.
struct OtherImagesTests {
    private let scratch = try! Scratch()

    private func save(_ name: String, _ layers: [(String, any LayerDescription)]) throws -> String {
        let model = try ModelDescription(architecture: "large", bottleneck: 2, classes: 0, inputShape: ImageShape(channels: 1, height: 64, width: 64), layers: layers.map { NamedLayer($0.0, $0.1) })
        let path = scratch.path(name)
        var options = TrainingOptions()
        options.epochs = 2
        let training = TrainingRecord(options: options, state: TrainingState(), images: 32, dataDigest: [UInt8](repeating: 0, count: 32), record: .none)
        try ModelFile.save(Network(model), training: training, to: path)
        return path
    }

    @Test func refuses() throws {
        let data = try DigitFolder.make(in: scratch)
        let encoder = try save("large.h5", [
            ("flatten", Flatten()), ("encoder", Linear(4096, 2)), ("z", Latent([2])), ("decoder", Linear(2, 4096)), ("image", Unflatten([1, 64, 64])),
        ])
        let reader = try save("reader.h5", [("flatten", Flatten()), ("fc", Linear(4096, 10))])
        let simple = scratch.path("simple.h5")
        try succeed("aetrain", ["--model", "simple", "--data", data, "--limit", "32", "--epochs", "1", "-q", "-o", simple])
        for (tool, arguments) in [
            ("aeencode", [encoder, "-o", scratch.path("z.h5")]), ("aereconstruct", [encoder, "-o", scratch.path("r.h5")]),
            ("aescore", ["--reader", reader, "--model", simple]), ("aetrain", ["--resume", encoder]),
            ("aeplot", [encoder, "--reconstructions", "-o", scratch.path("r.png")]),
        ] {
            let run = try Tools.run(tool, arguments + ["--data", data])
            #expect(run.status == 65 && run.errors.contains("takes images of [1, 64, 64], not of [1, 32, 32]"), "\(tool): \(run.status) \(run.errors)")
        }
    }
}

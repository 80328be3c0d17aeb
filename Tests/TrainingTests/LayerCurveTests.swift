import Foundation
import Images
import Layers
import Networks
import Optimization
import Tensors
import TestSupport
import Testing
import Training

/// Twelve steps of networks that hold every layer, beside PyTorch's own modules of the same text, from the same weights.
struct LayerCurveTests {
    /// Layers as Python makes them, of images [2, 8, 8]; between encoder and decoder lies the latent.
    static let networks: [String: (encoder: [String], latent: [Int], decoder: [String])] = [
        "norms": (["Conv2d(2, 6, 3, padding=1, bias=False)", "GroupNorm(2, 6)", "SiLU()", "Conv2d(6, 4, 3, stride=2, padding=1)", "InstanceNorm2d(4, affine=True)",
                   "LeakyReLU(0.2)", "LayerNorm((4, 4))", "Flatten()", "Linear(64, 12, bias=False)", "BatchNorm1d(12, eps=0.001, momentum=0.3)", "GELU()",
                   "Linear(12, 5)", "LayerNorm(5)"], [5],
                  ["Linear(5, 128)", "Unflatten(1, (2, 8, 8))", "BatchNorm2d(2, affine=False)", "GELU('tanh')", "Conv2d(2, 2, 1)", "Sigmoid()"]),
        "pools": (["Conv2d(2, 4, 3, padding=1)", "ELU()", "MaxPool2d(2)", "Conv2d(4, 4, 3, padding=2, dilation=2, groups=2)", "Tanh()", "AvgPool2d(3, 1, 1)",
                   "Dropout(0.0)", "AdaptiveAvgPool2d((2, 3))"], [4, 2, 3],
                  ["Upsample(size=(3, 4), mode='bilinear')", "Softplus()", "Conv2d(4, 8, (2, 1), padding=(1, 0))", "Hardtanh(-2, 2)", "PixelShuffle(2)", "Identity()",
                   "ZeroPad2d((0, 0, 1, -1))", "ConvTranspose2d(2, 2, 3, padding=(1, 0), groups=2, bias=False)", "ReLU()", "AdaptiveAvgPool2d(4)",
                   "Upsample(scale_factor=2)", "Conv2d(2, 2, 3, padding=1)", "Scale(0.5)", "Sigmoid()"]),
    ]
    private static let shape = ImageShape(channels: 2, height: 8, width: 8), images = 130

    /// - Parameter dropout: the probability in place of 0.
    private static func network(_ name: String, dropout: Double = 0) throws -> Network {
        let given = networks[name]!
        func named(_ group: String, _ layers: [String]) throws -> [NamedLayer] {
            try layers.enumerated().map { NamedLayer("\(group).\($0.offset)", try LayerText.parse($0.element == "Dropout(0.0)" ? "Dropout(\(dropout))" : $0.element)) }
        }
        let layers = try named("encoder", given.encoder) + [NamedLayer("z", Latent(given.latent))] + named("decoder", given.decoder)
        let network = Network(try ModelDescription(architecture: name, bottleneck: given.latent[0], classes: 0, inputShape: shape, layers: layers))
        network.initialize(seed: 5)
        return network
    }

    private static let bytes: [UInt8] = {
        let generator = Philox(seed: 1, purpose: .digits)
        return (0..<images * shape.count).map { UInt8(truncatingIfNeeded: generator.words($0 / 4)[$0 % 4]) }
    }()
    private static func data() -> PreparedImages { PreparedImages(ImageSet(shape, .bytes(bytes))) }

    private static func trained(_ name: String, dropout: Double = 0, threads: Int) throws -> (trainer: Trainer, losses: [Double]) {
        let trainer = Trainer(try network(name, dropout: dropout), TrainingCase.plain(), data: data(), evaluation: data(), threads: threads)
        return (trainer, try TrainingCase.run(trainer))
    }

    @Test(arguments: networks.keys.sorted()) func lossCurve(_ name: String) throws {
        let scratch = try Scratch(), network = try Self.network(name), given = Self.networks[name]!
        let tensors = network.parameters.filter { $0.parameter.description.role == .trainable }
        try RawTensors([("images", [Self.images, 2, 8, 8], Self.bytes.map { Float($0) })]
            + tensors.map { ($0.name, $0.parameter.description.shape, Array($0.parameter.values)) }).write(to: scratch.path("given"))
        try JSONSerialization.data(withJSONObject: ["encoder": given.encoder, "decoder": given.decoder]).write(to: URL(fileURLWithPath: scratch.path("layers.json")))
        _ = try Python.oracle(Self.script, in: scratch)
        let want = try RawTensors(contentsOf: scratch.path("results")), (trainer, losses) = try Self.trained(name, threads: 2)
        #expect(largestRelativeDifference(losses, try #require(want["losses"]).doubles) < 1e-4)
        #expect(largestRelativeDifference(trainer.state.history.map(\.evalLoss), try #require(want["eval"]).doubles) < 1e-3)
        #expect(losses.last! < losses.first!)
    }

    /// The bits of a trained network do not depend on the number of threads, with Dropout too.
    @Test(arguments: networks.keys.sorted()) func threads(_ name: String) throws {
        let usual = Snapshot(try Self.trained(name, dropout: 0.25, threads: 1).trainer.network)
        for threads in [3, 16] {
            #expect(Snapshot(try Self.trained(name, dropout: 0.25, threads: threads).trainer.network).equals(usual), "\(threads) threads")
        }
    }

    private static let script = """
        import json, torch
        import raw_tensors
        from torch import nn
        torch.set_num_threads(1)
        class Scale(nn.Module):
            def __init__(self, factor):
                super().__init__()
                self.factor = factor
            def forward(self, x):
                return self.factor * x
        nn.Scale = Scale
        given = raw_tensors.read("given")
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                for name, layers in json.load(open("layers.json")).items():
                    setattr(self, name, nn.Sequential(*[eval("nn." + layer) for layer in layers]))
            def forward(self, x):
                return self.decoder(self.encoder(x))
        x, network = given.pop("images") / 255, Net()
        assert not network.load_state_dict(given, strict=False).unexpected_keys
        optimizer, losses, evaluations = torch.optim.Adam(network.parameters(), lr=1e-3), [], []
        for epoch in range(4):
            network.train()
            for images in x.split(64):
                optimizer.zero_grad()
                value = ((network(images) - images) ** 2).mean()
                value.backward()
                optimizer.step()
                losses.append(value.item())
            network.eval()
            evaluations.append(((network(x) - x) ** 2).mean().item())
        raw_tensors.write("results", {"losses": torch.tensor(losses), "eval": torch.tensor(evaluations)})
        """
}

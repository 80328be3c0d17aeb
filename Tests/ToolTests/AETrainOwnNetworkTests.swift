import Foundation
import TestSupport
import Testing

/// Networks of the user's own: the examples through all tools beside PyTorch, and files that are refused.
struct AETrainOwnNetworkTests {
    private let scratch = try! Scratch()
    private let data: String

    init() throws { data = try DigitFolder.make(in: scratch) }

    private func example(_ name: String) -> String { Python.root.appendingPathComponent("Tools/examples/\(name).yaml").path }

    /// A PyTorch user's module of the same layers loads the weights, and encodes and reconstructs alike.
    @Test(arguments: ["dense-vae", "conv-labels"]) func runsInEveryTool(_ name: String) throws {
        let path = scratch.path("net.h5")
        try succeed("aetrain", ["--model", example(name), "--data", data, "--epochs", "1", "--limit", "128", "-q", "-o", path])
        try succeed("aetrain", ["--model", example(name), "--data", data, "--epochs", "2", "--limit", "128", "-q", "--resume", path])
        try succeed("aeencode", [path, "--data", data, "-q", "-o", scratch.path("z.h5")])
        try succeed("aereconstruct", [path, "--data", data, "-q", "-o", scratch.path("r.h5")])
        try succeed("aedecode", [path, "--random", "4", "-q", "-o", scratch.path("d.png")] + (name == "conv-labels" ? ["--label", "7"] : []))
        try succeed("aetrain", ["--model", "reader", "--data", data, "--epochs", "1", "-q", "-o", scratch.path("reader.h5")])
        let bottleneck = name == "dense-vae" ? 6 : 4
        #expect(try succeed("aescore", ["--reader", scratch.path("reader.h5"), "--model", path, "--data", data, "--json"]).contains("\"\(name) \(bottleneck)\""))
        #expect(try succeed("aeinspect", [path]).contains("\(name), bottleneck \(bottleneck)"))
        #expect(try succeed("aeinspect", [path, "--torchinfo"]).contains("Linear: 2-"))
        #expect(try Python.oracle(Self.script, [path, data, name], in: scratch) == "alike\n")
    }

    /// Data without splits are trained on and tested with: that is said, and of data with splits it is not.
    @Test func saysWhereTheTestIsNone() throws {
        let table = scratch.path("table.csv"), rows = (0..<3).map { row in (0..<784).map { "\($0 * (row + 1) % 256)" }.joined(separator: ",") + "\n" }
        try Data(rows.joined().utf8).write(to: URL(fileURLWithPath: table))
        for (model, options) in [("ae", ["--epochs", "1"]), ("pca", [])] {
            for (source, isSaid) in [(table, true), (data, false)] {
                let run = try Tools.run("aetrain", ["--model", model, "--data", source, "--limit", "3", "--force", "-o", scratch.path("m.h5")] + options)
                #expect(run.status == 0 && run.errors.contains("the test images are the training images") == isSaid, "\(run.errors)")
            }
        }
    }

    /// What PyTorch prints of its modules, and how Python makes them, are the same networks.
    @Test func readsWhatPyTorchPrints() throws {
        let printed = try Python.oracle("""
            from torch import nn
            c, t = dict(stride=2, padding=1), dict(kernel_size=2, stride=2)
            encoder = [nn.Conv2d(1, 4, 3, bias=False, **c), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.Conv2d(4, 6, 3, **c), nn.Flatten(), nn.Linear(384, 32)]
            decoder = [nn.Linear(5, 1024), nn.ReLU(), nn.Unflatten(1, (4, 16, 16)), nn.ConvTranspose2d(4, 1, **t), nn.Sigmoid()]
            for name, layers in (("encoder", encoder), ("decoder", decoder)):
                print(f"{name}:", *[f"- {layer}" for layer in layers], sep="\\n")
            print("latent: Gaussian(5)")
            """)
        let ours = """
            encoder:
            - nn.Conv2d(1, 4, 3, stride=2, padding=1, bias=False)
            - BatchNorm2d(4)
            - ReLU()
            - Conv2d(4, 6, kernel_size=3, stride=2, padding=1)
            - Flatten()
            - Linear(384, 32)
            latent: Gaussian(5)
            decoder:
            - Linear(5, 1024)
            - ReLU()
            - Unflatten(4, 16, 16)
            - ConvTranspose2d(4, 1, 2, stride=2)
            - Sigmoid()

            """
        var files: [Data] = []
        for text in [printed, ours] {
            try Data(("name: same\n" + text).utf8).write(to: URL(fileURLWithPath: scratch.path("net.yaml")))
            try succeed("aetrain", ["--model", scratch.path("net.yaml"), "--data", data, "--epochs", "1", "--limit", "32", "-q", "--force", "-o", scratch.path("net.h5")])
            files.append(try Data(contentsOf: URL(fileURLWithPath: scratch.path("net.h5"))))
        }
        #expect(printed.contains("in_features=384") && printed.contains("unflattened_size=(4, 16, 16)") && files[0] == files[1])
    }

    /// A network with a layer of every kind: as many threads as one likes, stopped and resumed, through the tools that show layers.
    @Test func trainsEveryLayer() throws {
        let yaml = """
            name: every
            encoder:
            - Conv2d(1, 4, (3, 1), padding=(1, 0), dilation=1)
            - GroupNorm(2, 4)
            - SiLU()
            - MaxPool2d(2)
            - Conv2d(4, 4, 3, padding=2, dilation=2, groups=2)
            - BatchNorm2d(4, eps=0.001)
            - LeakyReLU(0.2)
            - AvgPool2d(2)
            - InstanceNorm2d(4)
            - Flatten()
            - Dropout(0.25)
            - Linear(256, 16, bias=False)
            - LayerNorm(16)
            - GELU()
            - BatchNorm1d(16)
            - Linear(16, 3)
            latent: Latent(3)
            decoder:
            - Linear(3, 64)
            - Softplus()
            - Unflatten(1, (4, 4, 4))
            - Upsample(scale_factor=2)
            - ELU()
            - Dropout(p=0.1)
            - Upsample(size=(15, 15), mode='bilinear')
            - ZeroPad2d((0, 1, 1, 0))
            - ConvTranspose2d(4, 4, 3, padding=1, groups=4)
            - Tanh()
            - PixelShuffle(2)
            - Hardtanh(-2, 2)
            - Identity()
            - AdaptiveAvgPool2d(32)
            - Scale(2)
            - Sigmoid()
            """
        let net = scratch.path("every.yaml")
        try Data(yaml.utf8).write(to: URL(fileURLWithPath: net))
        func file(_ name: String, _ arguments: [String]) throws -> Data {
            try succeed("aetrain", arguments + ["--data", data, "--limit", "200", "-q", "-o", scratch.path(name)])
            return try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))
        }
        let usual = try file("1.h5", ["--model", net, "--epochs", "2", "--threads", "1"])
        for threads in ["3", "16"] { #expect(try file("\(threads).h5", ["--model", net, "--epochs", "2", "--threads", threads]) == usual) }
        _ = try file("half.h5", ["--model", net, "--epochs", "1"])
        try succeed("aetrain", ["--data", data, "--limit", "200", "-q", "--epochs", "2", "--resume", scratch.path("half.h5")])
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path("half.h5"))) == usual)
        let path = scratch.path("1.h5")
        #expect(try succeed("aeinspect", [path]).contains("every, bottleneck 3"))
        #expect(try succeed("aeinspect", [path, "--torchinfo"]).contains("GroupNorm: 2-2"))
        try succeed("aeplot", [path, "--network", "-q", "-o", scratch.path("network.svg")])
        try succeed("aereconstruct", [path, "--data", data, "-q", "-o", scratch.path("r.h5")])
        try succeed("aedecode", [path, "--z", "1,2,3", "-q", "-o", scratch.path("d.png")])
    }

    private static let script = """
        import h5py, numpy as np, torch, mnist
        from torch import nn
        from networks import one_hot
        torch.set_grad_enabled(False)
        images, labels = mnist.load(sys.argv[2], "test")
        x = mnist.pixels(images)
        class Net(nn.Module):
            def __init__(self):
                super().__init__()
                if sys.argv[3] == "dense-vae":
                    self.encoder = nn.Sequential(nn.Flatten(), nn.Linear(1024, 200), nn.ReLU(), nn.Linear(200, 64), nn.ReLU())
                    self.fn_mu, self.fn_logvar = nn.Linear(64, 6), nn.Linear(64, 6)
                    self.decoder = nn.Sequential(nn.Linear(6, 64), nn.ReLU(), nn.Linear(64, 200), nn.ReLU(), nn.Linear(200, 1024), nn.Sigmoid(), nn.Unflatten(1, (1, 32, 32)))
                else:
                    self.encoder = nn.Sequential(nn.Conv2d(1, 12, 5, stride=2, padding=2), nn.ReLU(), nn.Conv2d(12, 24, 3, stride=2, padding=1, bias=False),
                                                 nn.BatchNorm2d(24), nn.ReLU(), nn.Flatten(), nn.Linear(1536, 4))
                    self.decoder = nn.Sequential(nn.Linear(14, 1536), nn.ReLU(), nn.Unflatten(1, (24, 8, 8)), nn.ConvTranspose2d(24, 12, 3, stride=2, padding=1, output_padding=1),
                                                 nn.ReLU(), nn.ConvTranspose2d(12, 1, 3, stride=2, padding=1, output_padding=1), nn.Sigmoid())
            def encode(self, x):
                return self.fn_mu(self.encoder(x)) if sys.argv[3] == "dense-vae" else self.encoder(x)
        net = Net()
        with h5py.File(sys.argv[1]) as f:
            print(net.load_state_dict({k: torch.as_tensor(v[()]) for k, v in f["model/weights"].items()}), file=sys.stderr)
            assert f["training"].attrs["epochs_done"] == 2
        net.eval()
        z = net.encode(x)
        y = net.decoder(z if sys.argv[3] == "dense-vae" else torch.cat((z, one_hot(labels)), 1))
        np.testing.assert_allclose(h5py.File("z.h5")["latents/test/z"][()], z.numpy(), rtol=1e-4, atol=1e-4)
        np.testing.assert_allclose(h5py.File("r.h5")["reconstructions/test/images"][()], y.numpy(), rtol=1e-4, atol=1e-5)
        print("alike")
        """

    /// One line that names the file, the line and the layer; nothing is written.
    @Test(arguments: [
        ("encoder: [Flatten()]", "1: a network lacks latent"), ("layers: 3", "1: a network has no key 'layers'; it may have name, encoder, latent, decoder"),
        ("- Flatten()", "1: a network is no mapping"), ("", "1: holds nothing"), ("encoder: [\n", "2: is no YAML"),
        ("name: vae\nencoder: x", "1: a network of your own cannot be called 'vae'"), ("name: a b\nencoder: x", "1: 'a b' is no network's name"),
        ("name: pca\nencoder: x", "cannot be called 'pca'"),
        ("encoder:\n- Flatten()\n- Linear(784, 2)\nlatent: Latent(2)\ndecoder: []", "3: encoder.1: Linear takes [784], not [1024]"),
        ("encoder:\n- Flatten()\n- Linear(1024, 2)\nlatent: Latent(3)\ndecoder: []", "4: z: Latent takes [3], not [2]"),
        ("encoder:\n- Flatten()\n- Linear(1024, 2)\nlatent: Latent(2)\ndecoder: []", "5: decoder is an empty list"),
        ("encoder:\n- Flatten()\n- Linear(1024, 2)\nlatent: Linear(2, 2)\ndecoder: []", "4: latent is Linear(2, 2), neither Latent nor Gaussian"),
        ("encoder:\n- Flatten()\n- Linear(1024, 2)\nlatent: Latent(2)\ndecoder:\n- Linear(2, 1024)\n- Sigmoid()", "7: the decoder ends with [1024]"),
        ("encoder:\n- Conv2d(1, 4, kernel_size=(3, 4, 5))\n", "2: encoder: Conv2d: kernel_size"),
        ("encoder:\n- Flatten()\n- Linear(in_features=1024, out_features=2, gain=3)", "3: encoder: Linear does not take gain=3"),
        ("encoder:\n- Flatten()\n- Dropout(3)", "3: encoder: Dropout: p is 3.0, not within 0.0...1.0"), ("encoder:\n- Flatten()\n- Linear(3)\nlatent: x", "3: encoder: Linear lacks out_features"),
        ("encoder:\n- Flatten()\n- Latent(1024)\nlatent: Latent(1024)", "3: encoder: Latent(1024) stands under the key latent"),
        ("encoder:\n- Conv2d(1, 4, 3)\nlatent: Gaussian(3)", "3: latent: Gaussian takes [features], not [4, 30, 30]"),
        ("encoder:\n- {Linear: 3}\nlatent: x", "2: a layer of encoder is a list or a mapping"), ("encoder:\n- Flatten()\n- Linear(1024, 1048577)\n", "3: encoder: Linear: out_features is 1048577"),
        ("encoder:\n- Flatten()\n- Linear(1024, 1048576)\nlatent: Latent(2)\n", "3: encoder.1: so far the network has 1074790400 parameters"),
        ("encoder:\n- ConvTranspose2d(1, 1048576, 15, stride=15)\nlatent: Latent(2)\n", "2: encoder.0: gives [1048576, 480, 480], which is too large"),
        ("encoder:\n- Flatten()\n- ConcatLabels(10)\n- Linear(1034, 2)\nlatent: Latent(2)\ndecoder:\n- ConcatLabels(9)", "7: ConcatLabels has 9 classes, but 10 before"),
        ("name: a\nname: b\n", "2: the key 'name' stands in line 1 already"),
    ])
    func refusesWithTheLine(_ text: String, _ message: String) throws {
        let path = scratch.path("net.yaml"), output = scratch.path("out.h5")
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let run = try Tools.run("aetrain", ["--model", path, "--data", data, "-o", output])
        #expect(run.status == 65 && run.output == "" && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("aetrain: \(path):") && run.errors.contains(message), "\(run.errors)")
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func refusesOtherOptions() throws {
        let net = example("dense-vae"), output = scratch.path("out.h5")
        func refused(_ options: [String], _ status: Int32, _ message: String) throws {
            let run = try Tools.run("aetrain", options + ["--data", data])
            #expect(run.status == status && run.errors.contains(message), "\(run.errors)")
        }
        try refused(["--model", net, "--bottleneck", "3", "-o", output], 64, "--bottleneck has no meaning for dense-vae")
        try refused(["--model", scratch.path("none.yaml"), "-o", output], 66, "none.yaml: cannot open")
        try refused(["--model", example("conv-labels"), "--kl-weight", "2", "-o", output], 64, "conv-labels has no KL divergence")
        try succeed("aetrain", ["--model", net, "--data", data, "--epochs", "1", "--limit", "32", "-q", "-o", output])
        // The file has changed since.
        let changed = scratch.path("dense-vae.yaml"), text = try String(contentsOfFile: net, encoding: .utf8).replacingOccurrences(of: "200", with: "201")
        try Data(text.utf8).write(to: URL(fileURLWithPath: changed))
        try refused(["--model", changed, "--limit", "32", "--epochs", "2", "--resume", output], 64, "not the network of dense-vae as it is now")
    }
}

import Foundation
import TestSupport
import Testing

/// What aeinspect prints of good files, against h5py, numpy, PyTorch and torchinfo.
struct AEInspectTests {
    private static let architectures = ["simple", "ae", "conv", "vae", "conv-vae", "cvae", "conv-cvae", "reader"]
    private let scratch = try! Scratch()

    private func inspect(_ arguments: [String]) throws -> String {
        let run = try Tools.run("aeinspect", arguments)
        #expect(run.errors == "")
        try #require(run.status == 0)
        return run.output
    }

    /// Of the report's eight networks: its figures, torchinfo's own tables, what PyTorch counts, and an overview of one screen.
    @Test func describesEveryNetwork() throws {
        var texts: [String] = []
        for architecture in Self.architectures {
            let path = try TrainedModels.make(architecture, in: scratch, epochs: 1, ["--seed", "\(UInt64.max)", "--record", "latents"])
            let table = try inspect([path, "--torchinfo"])
            if ["ae", "conv", "simple"].contains(architecture) {
                #expect(try table == String(contentsOf: Python.root.appendingPathComponent("Tests/Fixtures/torchinfo-\(architecture).txt"), encoding: .utf8))
            }
            texts += [architecture, table, try inspect([path, "--json"])]
            try checkOverview(inspect([path]), architecture)
        }
        #expect(try TrainedModels.python(Self.torchinfoScript, texts) == "8 tables\n")
        #expect(try TrainedModels.python(Self.countingScript, texts) == "8 networks\n")
    }

    /// Plain text of 80 x 40, but for the file's path in its first line.
    private func checkOverview(_ text: String, _ architecture: String) throws {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        #expect(lines.count <= 40 && lines.dropFirst().allSatisfy { $0.count <= 80 }, "\(architecture)")
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("1 of 1 epochs, 96 images") && text.contains("not checked") && text.contains("1 recorded, 001 to 001"))
        #expect(architecture == "reader" || text.contains("test [32, "))
    }

    /// How the unit's name is written depends on Python's version.
    private static let torchinfoScript = """
        import torch, torchinfo, networks
        titles = dict(zip(networks.NAMES, ("SimpleAEncoder", "AEncoder", "ConvolutionalAE Encoder", "VariationalAutoEncoder",
            "ConvVariationalAutoEncoder", "CondVariationalAutoEncoder", "CondConvVariationalAutoEncoder", "NN")))
        class Network(networks.AutoEncoder):
            def forward(self, x):
                labels = torch.zeros(len(x), 10) if self.classes else None
                # The tables have z as the encoder gives it, a map where it is one, from one run of the encoder.
                z = self.encode(x, labels)[0] if self.variational else self.encoder(x.reshape(-1, *self.shapes[0]))
                return z, self.decode(z.flatten(1), labels)
        class Reader(torch.nn.Module):
            def __init__(self, model):
                super().__init__()
                self.fc1, self.relu, self.fc2 = model.fc1, model.relu, model.fc2
            def forward(self, x):
                return self.fc2(self.relu(self.fc1(x.flatten(1))))
        for name, table, _ in zip(*[iter(sys.argv[1:])] * 3):
            model = networks.build(name, 2)
            if name == "reader":
                model = Reader(model)
            model.__class__ = type(titles[name], (Reader if name == "reader" else Network,), {})
            expected = torchinfo.summary(model, input_size=(4, 1, 32, 32), depth=2, verbose=0)
            assert table == str(expected).replace(f"({torchinfo.Units.MEGABYTES})", "(Units.MEGABYTES)") + "\\n", f"{table}{expected}"
        print((len(sys.argv) - 1) // 3, "tables")
        """

    /// Parameters as PyTorch counts them, multiply-adds as its FlopCounterMode does, and the keys that the design promises.
    private static let countingScript = """
        import json, torch, networks
        from torch.utils.flop_counter import FlopCounterMode
        for name, _, text in zip(*[iter(sys.argv[1:])] * 3):
            found, network = json.loads(text), networks.build(name, 2).eval()
            with FlopCounterMode(display=False) as counter:
                network(torch.zeros(1, 1, 32, 32), *([torch.zeros(1, 10)] if getattr(network, "classes", 0) else []))
            model, training = found["model"], found["training"]
            assert model["multiply_adds"] == counter.get_total_flops() // 2, (name, model["multiply_adds"], counter.get_total_flops())
            assert model["multiply_adds"] == sum(layer["multiply_adds"] for layer in model["layers"])
            assert model["parameters"] == sum(p.numel() for p in network.parameters()) == sum(layer["parameters"] for layer in model["layers"])
            layers = {layer["name"]: layer for layer in model["layers"]}
            for key, module in network.named_modules():
                if not any(module.children()):
                    assert layers[key]["type"] == type(module).__name__, (name, key)
                    assert layers[key]["parameters"] == sum(p.numel() for p in module.parameters()), (name, key)
            assert [found[key] for key in ("format", "schema_version", "kind", "valid", "problems")] == ["aekit", "1.1", "model", True, []]
            assert (model["architecture"], model["bottleneck"]) == (name, 0 if name == "reader" else 2)
            assert [training[key] for key in ("epochs_done", "epochs", "batch_size", "seed")] == [1, 1, 64, 2**64 - 1]
        print((len(sys.argv) - 1) // 3, "networks")
        """

    /// Every object, shape, number of bytes and attribute as h5py finds them.
    @Test func listsWhatH5pyFinds() throws {
        let path = try TrainedModels.make("conv", in: scratch, ["--record", "latents,weights"])
        let script = """
            import h5py, json, numpy as np
            listed = {entry["path"]: entry for entry in json.loads(sys.argv[2])["tree"]}
            def plain(value):
                if isinstance(value, bytes): return value.decode()
                return value.astype("U").tolist() if isinstance(value, np.ndarray) and value.dtype.kind == "S" else value.tolist() if hasattr(value, "tolist") else value
            def expected(name, item):
                entry = {"path": name, "kind": "group", "attributes": {key: plain(value) for key, value in item.attrs.items()}}
                if isinstance(item, h5py.Dataset):
                    kind = f"string of {item.dtype.itemsize} bytes" if item.dtype.kind in "SO" else str(item.dtype)
                    entry |= {"kind": "dataset", "shape": list(item.shape), "type": kind, "bytes": item.id.get_storage_size()}
                return entry
            with h5py.File(sys.argv[1]) as f:
                found = [expected("/", f)]
                f.visititems(lambda name, item: found.append(expected("/" + name, item)))
            assert len(found) == len(listed) > 60
            for entry in found:
                assert listed[entry["path"]] == entry, (listed[entry["path"]], entry)
            print("\\n".join(entry["path"].split("/")[-1] or "/" for entry in sorted(found, key=lambda e: e["path"].encode().split(b"/"))))
            """
        let names = try TrainedModels.python(script, [path, inspect([path, "--tree", "--json"])]).split(separator: "\n")
        // In text the objects' names stand in the same order, under headings, with attributes between them.
        let lines = try inspect([path, "--tree"]).split(separator: "\n").dropFirst().filter { !$0.contains("@") }
        #expect(lines.map { $0.drop { " │├└─".contains($0) }.prefix { $0 != " " } } == names)
    }

    /// Statistics as numpy computes them, of tensors with planted NaN and infinities too, which are shown and not refused.
    @Test func measuresWeightsAsNumpyDoes() throws {
        let path = try TrainedModels.make("conv", in: scratch)
        let plant = """
            import h5py, numpy as np, sealing
            with h5py.File(sys.argv[1]) as f:
                weight = f["model/weights/encoder.3.weight"][()]
            weight[0, 0, 0], weight[1, 1, 1, 1] = [np.nan, np.inf, -np.inf], np.nan
            sealing.set_values(sys.argv[1], "model/weights/encoder.3.weight", weight)
            sealing.set_values(sys.argv[1], "model/weights/encoder.6.bias", [np.nan, np.nan])
            """
        _ = try TrainedModels.python(plant, [path])
        let script = """
            import h5py, json, numpy as np
            with h5py.File(sys.argv[1]) as f:
                tensors = {name: tensor[()].astype(float) for name, tensor in f["model/weights"].items()}
            listed = json.loads(sys.argv[2])["weights"]
            assert sorted(entry["name"] for entry in listed) == sorted(tensors)
            for entry in listed:
                tensor = tensors[entry["name"]]
                finite = tensor[np.isfinite(tensor)]
                assert entry["shape"] == list(tensor.shape) and entry["count"] == tensor.size
                assert (entry["nan"], entry["inf"]) == (np.isnan(tensor).sum(), np.isinf(tensor).sum())
                numbers = [entry[key] for key in ("min", "max", "mean", "std")]
                if finite.size == 0:
                    assert numbers == [None] * 4 and sum(entry["histogram"]) == 0
                    continue
                np.testing.assert_allclose(numbers, [finite.min(), finite.max(), finite.mean(), finite.std()], rtol=1e-9, atol=1e-12)
                assert entry["histogram"] == np.histogram(finite, bins=16)[0].tolist(), entry["name"]
            print(sum(entry["nan"] for entry in listed), sum(entry["inf"] for entry in listed))
            """
        #expect(try TrainedModels.python(script, [path, inspect([path, "--weights", "--json"])]) == "4 2\n")
        let rows = try inspect([path, "--weights"]).split(separator: "\n").map { $0.split(separator: " ") }
        let bias = try #require(rows.first { $0.first == "encoder.6.bias" })
        #expect(bias == ["encoder.6.bias", "[2]", "nan", "nan", "nan", "nan", "2", "0"])
    }

    @Test func listsEveryEpoch() throws {
        let path = try TrainedModels.make("vae", in: scratch, epochs: 3)
        let script = """
            import h5py, json
            with h5py.File(sys.argv[1]) as f:
                columns = [f["training/history"][key][()].tolist() for key in ("epoch", "train_loss", "eval_loss")]
            assert json.loads(sys.argv[2])["history"] == [dict(zip(("epoch", "train_loss", "eval_loss"), row)) for row in zip(*columns)]
            print("\\n".join(f"{epoch} {train:.7g} {test:.7g}" for epoch, train, test in zip(*columns)))
            """
        let expected = try TrainedModels.python(script, [path, inspect([path, "--history", "--json"])])
        let rows = try inspect([path, "--history"]).split(separator: "\n").dropFirst()
        #expect(rows.map { $0.split(separator: " ").prefix(3).joined(separator: " ") + "\n" }.joined() == expected)
        #expect(rows.filter { $0.hasSuffix("best") }.count == 1)
    }
}

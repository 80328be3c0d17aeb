import Foundation
import TestSupport
import Testing

/// What aetrain keeps in its file, as h5py and PyTorch read it.
struct AETrainRecordTests {
    private let scratch = try! Scratch()

    private func train(_ name: String, _ options: [String]) throws -> String {
        let path = scratch.path(name)
        try succeed("aetrain", ["--limit", "64", "--epochs", "2", "-q", "-o", path] + options)
        return path
    }

    /// Of every epoch the latents and reconstructions that PyTorch makes with that epoch's weights.
    @Test(arguments: ["conv", "conv-vae", "cvae"]) func keepsEveryEpoch(_ model: String) throws {
        let data = try DigitFolder.make(in: scratch)
        let path = try train("\(model).h5", ["--model", model, "--data", data, "--record", "latents,reconstructions,weights"])
        let script = """
            import h5py, numpy as np, torch, mnist, networks
            torch.set_grad_enabled(False)
            images, labels = mnist.load(sys.argv[2], "test")
            with h5py.File(sys.argv[1]) as f:
                assert list(f["epochs"]) == ["001", "002"]
                for number, epoch in enumerate(f["epochs"].values()):
                    assert epoch.attrs["epoch"] == number + 1
                    model = networks.build(f["model"].attrs["architecture"].decode(), 2).eval()
                    model.load_state_dict({k: torch.as_tensor(v[()]) for k, v in epoch["weights"].items()})
                    x, y = mnist.pixels(images), networks.one_hot(labels) if model.classes else None
                    kept = epoch["latents/test/z"], epoch["reconstructions/test/images"]
                    for ours, theirs in zip(kept, (model.encode(x, y)[0].flatten(1), model(x, y).image)):
                        np.testing.assert_allclose(ours[()], theirs.numpy(), rtol=1e-5, atol=1e-5)
                    for part in ("latents", "reconstructions"):
                        assert epoch[part + "/test/label"][()].tolist() == labels.tolist()
                last = f["epochs/002"]
                assert all((last["weights"][name][()] == tensor[()]).all() for name, tensor in f["model/weights"].items())
                assert (last["latents/test/z"][()] == f["latents/test/z"][()]).all()
                differ = [name for name, tensor in f["epochs/001/weights"].items() if (last["weights"][name][()] != tensor[()]).any()]
            print(len(differ) > 3)
            """
        #expect(try Python.oracle(script, [path, data]) == "True\n")
    }

    @Test func keepsNoMoreThanAskedFor() throws {
        let data = try DigitFolder.make(in: scratch)
        let cases = [("none", "False False []"), ("final", "True False []"), ("weights", "True True ['weights']")]
        for (record, expected) in cases {
            let path = try train("\(record).h5", ["--model", "vae", "--data", data, "--record", record])
            let script = """
                import h5py
                with h5py.File(sys.argv[1]) as f:
                    print("latents" in f, "epochs" in f, list(f["epochs/001"]) if "epochs" in f else [])
                """
            #expect(try Python.oracle(script, [path]) == expected + "\n")
        }
    }

    /// One line of JSON an epoch, with the numbers of the file's history.
    @Test func printsEachEpochAsJSON() throws {
        let data = try DigitFolder.make(in: scratch), path = scratch.path("simple.h5")
        let text = try succeed("aetrain", ["--model", "simple", "--data", data, "--limit", "64", "--epochs", "3", "--json", "-o", path])
        let script = """
            import h5py, json
            lines = [json.loads(line) for line in sys.argv[2].splitlines()]
            with h5py.File(sys.argv[1]) as f:
                history = f["training/history"]
                for key in ("epoch", "train_loss", "eval_loss"):
                    assert [line.pop(key) for line in lines] == history[key][()].tolist(), key
            print(len(lines), all(list(line) == ["seconds"] and line["seconds"] > 0 for line in lines))
            """
        #expect(try Python.oracle(script, [path, text]) == "3 True\n")
    }
}

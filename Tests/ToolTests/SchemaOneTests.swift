import TestSupport
import Testing

/// What today's tools write of a network of schema 1.0, on gray images of 32 x 32, is of that schema's form: 1.0's own check finds nothing wrong.
struct SchemaOneTests {
    private let scratch = try! Scratch()

    @Test func filesOfItsNetworksPassItsOwnCheck() throws {
        func path(_ name: String) -> String { scratch.path(name) }
        func run(_ tool: String, _ arguments: String...) throws {
            let run = try Tools.run(tool, arguments + ["-q"])
            #expect(run.status == 0, "\(tool) \(arguments): \(run.errors)")
        }
        let data = ["--data", "synthetic", "--limit", "24"]
        var files: [String] = []
        for model in ["simple", "ae", "conv", "vae", "conv-vae", "cvae", "conv-cvae", "reader", "pca"] {
            let epochs = model == "pca" ? [] : ["--epochs", "1", "--record", model == "reader" ? "weights" : "latents,reconstructions,weights"]
            let trained = try Tools.run("aetrain", ["--model", model] + (model == "reader" ? [] : ["--bottleneck", "2"]) + data + epochs + ["-q", "-o", path("\(model).h5")])
            #expect(trained.status == 0, "\(model): \(trained.errors)")
            files.append(path("\(model).h5"))
        }
        try run("aeencode", path("cvae.h5"), "--data", "synthetic", "--limit", "3", "-o", path("latents.h5"))
        try run("aereconstruct", path("conv.h5"), "--data", "synthetic", "--limit", "3", "-o", path("recon.h5"))
        try run("aedecode", path("cvae.h5"), "--random", "3", "--label", "all", "-o", path("decoded.h5"))
        try run("aescore", "--reader", path("reader.h5"), "--model", path("conv.h5"), "--data", "synthetic", "--limit", "9", "--record")
        files += ["latents.h5", "recon.h5", "decoded.h5"].map(path)
        let checker = Python.root.appendingPathComponent("Tests/Fixtures/schema-1.0/check-file.py").path
        let script = "import h5py, numpy, runpy, sys\nprint(runpy.run_path(sys.argv[1])['main'](sys.argv[2:]))\n"
            + "print(sorted({bytes(numpy.ravel(h5py.File(path).attrs[name])[0]).decode() for name in ['schema_version', 'required_features'] for path in sys.argv[2:]}))"
        #expect(try Python.run(script, [checker] + files) == "0\n['', '1.1']\n")
    }

    /// A run that aekit 1.0 began goes on, on the data that it was begun with, and ends as it would have there: the losses are those of aekit 1.0's own
    /// aetrain, which took up the same file with the same options (x86-64-v4). Sums over a batch are made in another order since.
    @Test func itsCheckpointsResume() throws {
        let folder = Python.root.appendingPathComponent("Tests/Fixtures/schema-1.0"), data = scratch.path("data"), out = scratch.path("conv.h5")
        let make = """
            import os, pathlib, sys
            scope = {"__file__": sys.argv[1]}
            exec(open(sys.argv[1]).read().replace("main(pathlib.Path(sys.argv[1]).resolve())", ""), scope)
            os.mkdir(sys.argv[2])
            scope["write_idx"](pathlib.Path(sys.argv[2]))
            """
        _ = try Python.run(make, [folder.appendingPathComponent("make.py").path, data])
        let run = try Tools.run("aetrain", ["--resume", folder.appendingPathComponent("conv-1.h5").path, "--epochs", "6", "--data", data, "-o", out, "-q"])
        #expect(run.status == 0, "\(run.errors)")
        let printed = try Python.run("""
            import h5py, numpy, sys
            old, new = h5py.File(sys.argv[1]), h5py.File(sys.argv[2])
            losses = [f["training/history/train_loss"][()] for f in (old, new)]
            print(new["training"].attrs["epochs_done"], new["training/state"].attrs["step"], list(losses[0]) == list(losses[1][:2]), *(bool(abs(new["training/history/" + name][2:] / numpy.array(wanted) - 1).max() < most) for name, most, wanted in [
                ("train_loss", 1e-6, [0.18876270755815008, 0.18193063031261167, 0.17607031584096453, 0.17078969751795134]),
                ("eval_loss", 1e-3, [0.21423625946044922, 0.209551473458608, 0.20427089432875314, 0.1987755447626114])]))
            """, [folder.appendingPathComponent("conv-1.h5").path, out])
        #expect(printed == "6 18 True True True\n")
    }
}

import Foundation
import TestSupport
import Testing

/// aetrain --model pca, and its file through all tools, beside scikit-learn.
struct AETrainComponentsTests {
    private let scratch = try! Scratch()
    private let data: String

    init() throws { data = try DigitFolder.make(in: scratch) }

    /// Components, variances, projections and reconstructions; sign included.
    @Test(arguments: [false, true]) func equalsScikitLearn(_ standardized: Bool) throws {
        let path = scratch.path("pca.h5"), options = ["--model", "pca", "--bottleneck", "5", "--data", data, "-o", path] + (standardized ? ["--standardize"] : [])
        let line = try succeed("aetrain", options + ["--json"])
        try succeed("aereconstruct", [path, "--data", data, "-q", "-o", scratch.path("r.h5")])
        let script = """
            import h5py, json, numpy as np, mnist
            from sklearn.decomposition import PCA
            from sklearn.preprocessing import StandardScaler
            train, test = (mnist.load(sys.argv[1], split)[0].numpy().reshape(-1, 1024) / 255 for split in ("train", "test"))
            scaler = StandardScaler(with_std=sys.argv[2] == "true").fit(train)
            pca = PCA(svd_solver="full").fit(scaler.transform(train))
            z = pca.transform(scaler.transform(test))[:, :5]
            images = scaler.inverse_transform(z @ pca.components_[:5])
            with h5py.File("pca.h5") as f:
                group = f["components"]
                assert (group.attrs["images"], group.attrs["standardize"]) == (700, int(sys.argv[2] == "true"))
                mean = train.mean(0)
                for name, want in (("mean", mean), ("scale", np.ones(1024) if scaler.scale_ is None else scaler.scale_), ("components", pca.components_[:5])):
                    np.testing.assert_allclose(group[name][()], want, atol=1e-9)
                # Of 700 images, as many variances are above zero.
                for name in ("explained_variance", "explained_variance_ratio"):
                    np.testing.assert_allclose(group[name][:700], getattr(pca, name + "_"), atol=1e-9)
                    assert abs(group[name][700:]).max() < 1e-9
                np.testing.assert_allclose(f["latents/test/z"][()], z, atol=1e-5 * abs(z).max())
                losses = json.loads(sys.argv[3])
                back = scaler.inverse_transform(pca.transform(scaler.transform(train))[:, :5] @ pca.components_[:5])
                np.testing.assert_allclose((losses["train_loss"], losses["eval_loss"]), (((train - back) ** 2).mean(), ((test - images) ** 2).mean()), rtol=1e-5)
            with h5py.File("r.h5") as f:
                np.testing.assert_allclose(f["reconstructions/test/images"][()].reshape(-1, 1024), images, atol=1e-5)
            print("equal", losses["epoch"])
            """
        #expect(try Python.oracle(script, [data, "\(standardized)", line], in: scratch) == "equal 1\n")
    }

    /// The same bytes for any number of threads; every tool runs the file as any other.
    @Test func runsInEveryTool() throws {
        let paths = try (1...3).map { threads in
            let path = scratch.path("pca\(threads).h5")
            try succeed("aetrain", ["--model", "pca", "--data", data, "--threads", "\(threads)", "-q", "-o", path])
            return path
        }
        let files = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        #expect(files[0] == files[1] && files[0] == files[2])
        let path = paths[0], overview = try succeed("aeinspect", [path])
        #expect(overview.contains("components    2 of 1,024, of 700 images\n") && overview.contains("% explained: "))
        try succeed("aedecode", [path, "--z", "5,0", "--z", "0,5", "-o", scratch.path("components.png")])
        try succeed("aedecode", [path, "--medians", "-o", scratch.path("medians.png")])
        try succeed("aeencode", [path, "--data", data, "-q", "-o", scratch.path("z.npy")])
        try succeed("aetrain", ["--model", "reader", "--data", data, "--epochs", "4", "-q", "-o", scratch.path("reader.h5")])
        let scores = try succeed("aescore", ["--reader", scratch.path("reader.h5"), "--model", path, "--data", data, "--json", "--record"])
        #expect(scores.contains("\"name\":\"pca 2\""))
        // What a later tool adds keeps what was there.
        let script = """
            import h5py, json
            f, inspected = h5py.File(sys.argv[1]), json.loads(sys.argv[2])
            assert inspected["components"]["kept"] == 2 and inspected["components"]["explained_variance"] == f["components/explained_variance"][()].tolist()
            assert inspected["components"]["explained_variance_ratio"] == f["components/explained_variance_ratio"][()].tolist()
            print(sorted(f), sorted(f["components"]))
            """
        let printed = try Python.oracle(script, [path, succeed("aeinspect", [path, "--json"])])
        #expect(printed == "['components', 'latents', 'model', 'preprocess', 'schema', 'scores', 'seal'] "
            + "['components', 'explained_variance', 'explained_variance_ratio', 'mean', 'scale']\n")
    }

    @Test func refusesWhatHasNoMeaning() throws {
        let output = scratch.path("out.h5"), pca = ["--model", "pca", "--data", data, "-o", output]
        for (options, message) in [
            (["--epochs", "3"], "--epochs has no meaning for pca"), (["--seed", "1"], "--seed has"), (["--learning-rate", "1"], "--learning-rate has"),
            (["--no-shuffle"], "--no-shuffle has"), (["--noise", "none"], "--noise has"), (["--record", "weights"], "pca has no epochs"),
            (["--bottleneck", "0"], "--bottleneck is 0"), (["--bottleneck", "1025"], "--bottleneck is 1025"), (["--bottleneck", "701"], "have 700 components"),
            (["--limit", "0"], "--limit is 0"), (["--recipe", "report"], "--recipe has"), (["--kl-weight", "1"], "--kl-weight has"),
        ] {
            let run = try Tools.run("aetrain", pca + options)
            #expect(run.status == 64 && run.errors.contains(message) && run.errors.split(separator: "\n").count == 1, "\(options): \(run.errors)")
        }
        let one = try Tools.run("aetrain", pca + ["--limit", "1"])
        #expect(one.status == 65 && one.errors.contains("one image has no principal components"))
        let other = try Tools.run("aetrain", ["--model", "ae", "--standardize", "--data", data, "-o", output])
        #expect(other.status == 64 && other.errors == "aetrain: --standardize has no meaning without --model pca\n")
        #expect(!FileManager.default.fileExists(atPath: output))
        try succeed("aetrain", pca + ["-q"])
        let again = try Tools.run("aetrain", pca)
        #expect(again.status == 73 && again.errors.contains("out.h5: exists: --force replaces it"))
    }
}

import Foundation
import TestSupport
import Testing

/// aesweep: what it trains and writes, how it goes on after it was killed, and what it refuses.
struct AESweepTests {
    private let scratch = try! Scratch()
    private let data: String

    init() throws { data = try DigitFolder.make(in: scratch) }

    private static let plan = """
        # Two epochs of few images.
        epochs: 2
        limit: 256
        batch_size: 32
        learning_rate: 0.003
        reader: {epochs: 4, seed: 3}
        runs:
          - {model: simple, bottleneck: [2, 3], report_accuracy: [36.86, 39.12]}
          - table: "Variational, with \\"quotes\\""
            model: vae
            bottleneck: 3
            kl_weight: [0.75, 1]
            seeds: [0, 1]
            epochs: 3
          - {table: Labels, model: cvae, bottleneck: 2}
          - {model: nets/own.yaml}
          - {model: pca, bottleneck: [2, 3]}

        """

    /// The plan in a folder, and beside it the network that it names.
    private func plan(_ text: String = plan, _ name: String = "plan.yaml") throws -> String {
        let nets = scratch.path("nets"), own = Python.root.appendingPathComponent("Tools/examples/dense-vae.yaml")
        try FileManager.default.createDirectory(atPath: nets, withIntermediateDirectories: true)
        try Data(contentsOf: own).write(to: URL(fileURLWithPath: nets + "/own.yaml"))
        try Data(text.utf8).write(to: URL(fileURLWithPath: scratch.path(name)))
        return scratch.path(name)
    }

    private func sweep(_ folder: String, _ options: [String] = []) throws -> String {
        try succeed("aesweep", [plan(), "--data", data, "-q", "-o", scratch.path(folder)] + options)
    }

    private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: scratch.path(path))) }
    private func names(_ folder: String) throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: scratch.path(folder)).sorted() }

    /// Rows as JSON and as CSV; each is what aetrain, aescore and aereconstruct give for the same options.
    @Test func rowsAreTheToolsOwn() throws {
        let text = try sweep("s", ["--json"]), folder = scratch.path("s")
        #expect(try text == String(decoding: bytes("s/results.json"), as: UTF8.self))
        #expect(try names("s") == [
            "cvae-2-kl1-seed0.h5", "dense-vae-6-kl1-seed0.h5", "figures", "pca-2.h5", "pca-3.h5", "reader.h5", "report.html", "report.md", "results.csv", "results.json",
            "simple-2-seed0.h5", "simple-3-seed0.h5",
            "vae-3-kl0.75-seed0.h5", "vae-3-kl0.75-seed1.h5", "vae-3-kl1-seed0.h5", "vae-3-kl1-seed1.h5",
        ].sorted())
        let common = ["--data", data, "--limit", "256", "--batch-size", "32", "--learning-rate", "0.003", "-q"]
        try succeed("aetrain", ["--model", "vae", "--bottleneck", "3", "--kl-weight", "0.75", "--seed", "1", "--epochs", "3", "-o", scratch.path("a.h5")] + common)
        try succeed("aetrain", ["--model", "pca", "--bottleneck", "3", "--data", data, "--limit", "256", "-q", "-o", scratch.path("b.h5")])
        try succeed("aetrain", ["--model", "reader", "--seed", "3", "--epochs", "4", "--data", data, "--limit", "256", "-q", "-o", scratch.path("c.h5")])
        #expect(try bytes("a.h5") == bytes("s/vae-3-kl0.75-seed1.h5") && bytes("b.h5") == bytes("s/pca-3.h5") && bytes("c.h5") == bytes("s/reader.h5"))
        let models = ["simple-2-seed0", "vae-3-kl0.75-seed1", "cvae-2-kl1-seed0", "pca-3"].map { "\(folder)/\($0).h5" }
        let score = ["--reader", "\(folder)/reader.h5", "--data", data, "--json", "-q", "--model"]
        let scores = try succeed("aescore", score + models), sampled = try succeed("aescore", score + [models[1], "--sample"])
        let errors = try models.map { try succeed("aereconstruct", [$0, "--data", data, "--json", "-q", "-o", scratch.path("r.h5")]) }
        let script = """
            import csv, json, os
            results = json.load(open(sys.argv[1] + "/results.json"))
            rows = {row["file"]: row for row in results["rows"]}
            assert [list(row)[:11] for row in results["rows"]] == [["table", "model", "bottleneck", "kl_weight", "reconstruction_weight", "seed", "accuracy",
                    "accuracy_sampled", "report_accuracy", "test_mse", "seconds"]] * 10
            assert [row["file"] for row in results["rows"]][:4] == ["simple-2-seed0.h5", "simple-3-seed0.h5", "vae-3-kl0.75-seed0.h5", "vae-3-kl0.75-seed1.h5"]
            scores, sampled, errors = json.loads(sys.argv[2])["scores"], json.loads(sys.argv[3])["scores"], [json.loads(text) for text in sys.argv[4:]]
            assert results["reader"]["accuracy"] == scores[0]["accuracy"]
            for score, error in zip(scores[1:], errors):
                row = rows[os.path.basename(score["model"])]
                assert row["accuracy"] == score["accuracy"] and row["test_mse"] == error["mse"] and row["seconds"] > 0, (row, score, error)
            vae, simple, pca, own = (rows[name + ".h5"] for name in ("vae-3-kl0.75-seed1", "simple-2-seed0", "pca-3", "dense-vae-6-kl1-seed0"))
            assert vae["accuracy_sampled"] == sampled[1]["accuracy"] and simple["accuracy_sampled"] is None
            assert (vae["table"], vae["model"], vae["bottleneck"], vae["kl_weight"], vae["seed"]) == ('Variational, with "quotes"', "vae", 3, 0.75, 1)
            assert simple["report_accuracy"] == 36.86 and simple["kl_weight"] is None and simple["table"] == "simple" and vae["report_accuracy"] is None
            assert pca["seed"] is None and own["model"] == "dense-vae" and own["bottleneck"] == 6
            table = list(csv.DictReader(open(sys.argv[1] + "/results.csv")))
            for ours, row in zip(table, results["rows"]):
                for key, value in ours.items():
                    assert value == "" if row[key] is None else value == str(row[key]), (key, value, row[key])
            assert len(table) == 10
            # A report of one's own: its tables, and the figures that suit them.
            pages = [open(f"{sys.argv[1]}/report.{ending}").read() for ending in ("md", "html")]
            assert sorted(os.listdir(sys.argv[1] + "/figures")) == ["figure-01.svg", "figure-02.png", "figure-03.png"]
            assert all("A sweep: plan.yaml" in page and "Variational, with" in page for page in pages)
            assert pages[0].count("**Figure") == 3 and "report, 2, 3 epochs" in pages[0] and pages[1].count("data:image/") == 3
            print("equal")
            """
        #expect(try Python.oracle(script, [folder, scores, sampled] + errors) == "equal\n")
    }

    /// The linear auto-encoder beside the principal components, as SciPy measures it.
    @Test func anglesOfSubspaces() throws {
        _ = try sweep("s")
        let script = """
            import h5py, itertools, json, numpy as np
            from scipy.linalg import subspace_angles
            results = json.load(open("s/results.json"))
            for subspace, k in zip(results["subspaces"], (2, 3)):
                assert (subspace["file"], subspace["components_file"], subspace["bottleneck"]) == (f"simple-{k}-seed0.h5", f"pca-{k}.h5", k)
                w = h5py.File("s/" + subspace["file"])["model/weights/encoder.0.weight"][()].astype(float)
                c = h5py.File("s/" + subspace["components_file"])["components/components"][()]
                def angles(v): return [np.degrees(np.arccos(a @ b / np.linalg.norm(a) / np.linalg.norm(b))) for a, b in itertools.combinations(v, 2)]
                np.testing.assert_allclose(subspace["weight_angles"], angles(w), atol=1e-9)
                np.testing.assert_allclose(subspace["component_angles"], [90] * (k * (k - 1) // 2), atol=1e-9)
                d = h5py.File("s/" + subspace["file"])["model/weights/decoder.0.weight"][()].astype(float)
                np.testing.assert_allclose(subspace["principal_angles"], np.degrees(subspace_angles(w.T, c.T)), atol=1e-9)
                np.testing.assert_allclose(subspace["decoder_principal_angles"], np.degrees(subspace_angles(d, c.T)), atol=1e-9)
            print(len(results["subspaces"]))
            """
        #expect(try Python.oracle(script, in: scratch) == "2\n")
    }

    private func everything(_ folder: String) throws -> [String] { try FileManager.default.subpathsOfDirectory(atPath: scratch.path(folder)).sorted() }

    /// What the rows hold but for the seconds.
    private func untimed(_ folder: String) throws -> String {
        let script = "import json\nresults = json.load(open(sys.argv[1]))\nfor row in results['rows']: del row['seconds']\nprint(results)"
        return try Python.oracle(script, [scratch.path(folder) + "/results.json"])
    }

    /// However many run at a time, and however often it was killed: the same files and rows. Then there is nothing left to do.
    @Test func goesOnAfterAKill() throws {
        _ = try sweep("whole", ["--jobs", "1"])
        _ = try sweep("threads", ["--jobs", "3", "--threads", "2"])
        var kills = 0
        for file in ["reader.h5", "simple-3-seed0.h5", "vae-3-kl1-seed0.h5", "dense-vae-6-kl1-seed0.h5", "figures/figure-02.png"] {
            let process = Process()
            process.executableURL = Tools.folder.appendingPathComponent("aesweep")
            process.arguments = try [plan(), "--data", data, "-q", "-o", scratch.path("killed")]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            while process.isRunning, !FileManager.default.fileExists(atPath: scratch.path("killed/\(file)")) { usleep(500) }
            if process.isRunning { kills += 1 }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        #expect(kills > 1)
        _ = try sweep("killed")
        let expected = try untimed("whole")
        for folder in ["threads", "killed"] {
            #expect(try untimed(folder) == expected)
            #expect(try everything(folder) == everything("whole"))
            for name in try names("whole") where name.hasSuffix(".h5") { #expect(try bytes("\(folder)/\(name)") == bytes("whole/\(name)"), "\(folder)/\(name)") }
        }
        func dates() throws -> [Date?] {
            try everything("killed").map { try FileManager.default.attributesOfItem(atPath: scratch.path("killed/\($0)"))[.modificationDate] as? Date }
        }
        let before = try dates()
        _ = try sweep("killed")
        #expect(try dates() == before)
    }

    /// A signal saves and ends with 128 + n; the same command goes on.
    @Test func endsOnASignal() throws {
        let process = Process(), text = "epochs: 60\nlimit: 256\nruns: [{model: ae, bottleneck: [2, 3]}]\nreader: {epochs: 1}\n"
        process.executableURL = Tools.folder.appendingPathComponent("aesweep")
        process.arguments = try [plan(text), "--data", data, "-q", "-o", scratch.path("s")]
        try process.run()
        while process.isRunning, !FileManager.default.fileExists(atPath: scratch.path("s/ae-2-seed0.h5")) { usleep(500) }
        try #require(process.isRunning)
        kill(process.processIdentifier, SIGTERM)
        process.waitUntilExit()
        #expect(process.terminationStatus == 128 + SIGTERM)
        #expect(try names("s").allSatisfy { !$0.hasPrefix(".") })
        let run = try Tools.run("aesweep", [plan(text), "--data", data, "-o", scratch.path("s")])
        #expect(run.status == 0 && run.errors.contains("of 3 runs") && run.output.contains("ae     ae     2"), "\(run.errors)\(run.output)")
    }

    /// The command line stands above the plan.
    @Test func takesSeeds() throws {
        let path = try plan("limit: 64\nepochs: 1\nreader: {epochs: 1}\nruns: [{model: ae, bottleneck: 2, seeds: 7}]\n")
        try succeed("aesweep", [path, "--seed", "4", "--seed", "5", "--recipe", "report", "--data", data, "-q", "-o", scratch.path("s")])
        #expect(try names("s").filter { $0.hasPrefix("ae") } == ["ae-2-seed4.h5", "ae-2-seed5.h5"])
    }

    /// Another plan or other data in the same folder: refused before anything is run or written.
    @Test func refusesOtherRunsFiles() throws {
        let text = "limit: 64\nepochs: 2\nreader: {epochs: 1}\nruns: [{model: ae, bottleneck: 2}, {model: simple, bottleneck: 2}, {model: pca, bottleneck: 2}]\n"
        try succeed("aesweep", [plan(text), "--data", data, "-q", "-o", scratch.path("s")])
        // A file that cannot be read is its own run's failure: the others go on.
        #expect(truncate(scratch.path("s/simple-2-seed0.h5"), 1000) == 0)
        let damaged = try Tools.run("aesweep", [plan(text), "--data", data, "-q", "-o", scratch.path("s")])
        #expect(damaged.status == 65 && damaged.errors.contains("simple-2-seed0.h5") && damaged.errors.contains("truncated") && damaged.output.contains("pca"), "\(damaged.errors)")
        try FileManager.default.removeItem(atPath: scratch.path("s/simple-2-seed0.h5"))
        try succeed("aesweep", [plan(text), "--data", data, "-q", "-o", scratch.path("s")])
        let before = try bytes("s/results.json"), other = try plan(text.replacingOccurrences(of: "{model: ae,", with: "{learning_rate: 0.1, model: ae,"))
        let run = try Tools.run("aesweep", [other, "--data", data, "-q", "-o", scratch.path("s")])
        #expect(run.status == 65 && run.errors.contains("learning_rate is 0.1, but \(scratch.path("s"))/ae-2-seed0.h5 was trained with 0.001"), "\(run.errors)")
        let recipe = try Tools.run("aesweep", [plan(text), "--recipe", "best", "--data", data, "-q", "-o", scratch.path("s")])
        #expect(recipe.status == 65 && recipe.errors.contains("ae-2-seed0.h5 was trained with 64: a resumed run keeps its options; in another folder"), "\(recipe.errors)")
        let stranger = try Tools.run("aesweep", [plan(text), "--seed", "3", "--data", data, "-q", "-o", scratch.path("s")])
        #expect(stranger.status == 64 && stranger.errors.contains("s/results.json has rows that this plan lacks, ae-2-seed0.h5 among them"), "\(stranger.errors)")
        #expect(try before == bytes("s/results.json") && !names("s").contains("ae-2-seed3.h5"))
        #expect(try succeed("aesweep", [plan(text), "--seed", "3", "--force", "--data", data, "-q", "-o", scratch.path("s")]).contains("pca"))
        #expect(try names("s").filter { $0.hasPrefix("ae") } == ["ae-2-seed0.h5", "ae-2-seed3.h5"])
        let fewer = try plan(text.replacingOccurrences(of: "64", with: "65"))
        let refused = try Tools.run("aesweep", [fewer, "--seed", "3", "--data", data, "-q", "-o", scratch.path("s")])
        #expect(refused.status == 65 && refused.errors.contains("reader.h5: was trained on other data"), "\(refused.errors)")
    }

    /// One line that names the plan's line; nothing is made.
    @Test(arguments: [
        ("", "1: holds nothing"), ("runs: []", "1: runs is an empty list"), ("epochs: 1", "1: a plan lacks runs"), ("run: 1\nruns: 2", "1: a plan has no key 'run'"),
        ("runs:\n- model: nope\n  bottleneck: 2", "2: model is 'nope', none of simple, ae, conv, vae, conv-vae, cvae, conv-cvae, pca, a .yaml file"),
        ("runs:\n- model: reader", "2: model is 'reader'"), ("runs:\n- bottleneck: 2", "2: a run lacks model"), ("runs:\n- model: ae", "2: a run lacks bottleneck"),
        ("runs:\n- model: ae\n  bottleneck: 0", "3: bottleneck is 0, not within 1 to 64"), ("runs:\n- model: ae\n  bottleneck: [2, 65]", "3: bottleneck is 65"),
        ("runs:\n- model: ae\n  bottleneck: []", "3: bottleneck is an empty list"), ("runs:\n- model: vae\n  bottleneck: 2\n  kl_weight: -1", "4: kl_weight is '-1', not a number from 0"),
        ("runs:\n- model: vae\n  bottleneck: 2\n  kl_weight: nan", "4: kl_weight is 'nan'"), ("runs:\n- model: vae\n  bottleneck: 2\n  kl_weight: x", "4: kl_weight is 'x'"),
        ("runs:\n- model: ae\n  bottleneck: 2\n  kl_weight: 1", "4: kl_weight has no meaning for ae, which is not variational"),
        ("runs:\n- model: pca\n  bottleneck: 2\n  epochs: 1", "4: epochs has no meaning for pca"), ("epochs: 0\nruns:\n- {model: ae, bottleneck: 2}", "1: epochs is 0"),
        ("recipe: none\nruns:\n- {model: ae, bottleneck: 2}", "1: recipe is 'none', none of report, best"), ("seeds: [1, -1]\nruns:\n- {model: ae, bottleneck: 2}", "1: a seed is -1"),
        ("runs:\n- {model: ae, bottleneck: 2}\n- {model: ae, bottleneck: [3, 2]}", "3: ae-2-seed0.h5 is there already"),
        ("runs:\n- {model: ae, bottleneck: [2, 3], report_accuracy: 3}", "2: report_accuracy has 1 values for 2 combinations"),
        ("runs:\n- {model: ae, bottleneck: 2, report_accuracy: 101}", "2: report_accuracy is '101', not a percentage"),
        ("runs:\n- {model: ae, bottleneck: 2, learning_rate: 0}", "2: learning_rate is '0', not a positive number"),
        ("runs:\n- {model: ae, bottleneck: 2\n", "3: is no YAML"), ("runs: {model: ae}", "1: runs is a mapping, not a list"), ("runs:\n- ae", "2: a run is no mapping"),
        ("limit: 0\nruns:\n- {model: ae, bottleneck: 2}", "1: limit is 0"), ("reader: {size: 3}\nruns:\n- {model: ae, bottleneck: 2}", "1: reader has no key 'size'"),
        ("runs:\n- {model: nets/own.yaml, bottleneck: 2}", "2: bottleneck has no meaning for dense-vae"),
    ])
    func refusesWithTheLine(_ text: String, _ message: String) throws {
        let path = try plan(text, "wrong.yaml"), before = try scratch.names()
        let run = try Tools.run("aesweep", [path, "--data", data, "-o", scratch.path("s")])
        #expect(run.status == 65 && run.output == "" && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        #expect(run.errors.hasPrefix("aesweep: \(path):") && run.errors.contains(":\(message)"), "\(run.errors)")
        #expect(try scratch.names() == before)
    }

    @Test func refusesWrongOptions() throws {
        func refused(_ options: [String], _ status: Int32, _ message: String) throws {
            let run = try Tools.run("aesweep", options)
            #expect(run.status == status && run.output == "" && run.errors.contains(message), "\(options): \(run.errors)")
        }
        let path = try plan(), folder = scratch.path("s")
        try refused(["-o", folder], 64, "a plan is needed")
        try refused([path], 64, "-o is needed")
        try refused([path, "-o", folder, "--jobs", "0"], 64, "--jobs is 0")
        try refused([path, "-o", folder, "--recipe", "none"], 64, "none")
        try refused([scratch.path("none.yaml"), "-o", folder], 66, "none.yaml: cannot open")
        try refused([path, "-o", scratch.path("no/s"), "--data", data], 73, "no/s: cannot create")
        try refused([path, "-o", path, "--data", data], 73, "plan.yaml")
        try refused([path, "-o", folder, "--data", scratch.path("nothing")], 66, "nothing: no such file")
        #expect(!FileManager.default.fileExists(atPath: folder))
        let net = scratch.path("nets/own.yaml")
        try Data("encoder: [Flatten()]\nlatent: Latent(3)\ndecoder: []\n".utf8).write(to: URL(fileURLWithPath: net))
        let wrong = scratch.path("wrong.yaml")
        try Data("runs: [{model: nets/own.yaml}]\n".utf8).write(to: URL(fileURLWithPath: wrong))
        try refused([wrong, "-o", folder], 65, "nets/own.yaml:2: z: Latent takes [3], not [1024]")
    }

    /// The built-in plan is one that anybody may begin with: the report's 25 rows, with its accuracies.
    @Test func printsTheReportsPlan() throws {
        let text = try succeed("aesweep", ["--print"])
        let script = """
            import yaml
            plan, rows = yaml.safe_load(sys.argv[1]), {}
            for run in plan["runs"]:
                def listed(key, default): return run[key] if isinstance(run.get(key), list) else [run.get(key, default)]
                settings = [(run["model"], k, kl) for k in listed("bottleneck", 2) for kl in listed("kl_weight", 1)]
                for setting, accuracy in zip(settings, run.get("report_accuracy", [])): rows[setting] = accuracy
            print(len(rows), rows["ae", 2, 1], rows["conv", 4, 1], rows["simple", 3, 1], rows["conv-vae", 4, 1.5], rows["vae", 4, 0.75], rows["conv-vae", 3, 1.25], rows["vae", 3, 1.5])
            """
        #expect(try Python.oracle(script, [text]) == "25 78.11 96.31 39.12 22.8 83.52 64.02 85.39\n")
    }
}

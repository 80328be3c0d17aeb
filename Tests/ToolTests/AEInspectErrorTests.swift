import Foundation
import TestSupport
import Testing

/// What aeinspect says of files that are missing, damaged, foreign, newer or hostile.
struct AEInspectErrorTests {
    private let scratch = try! Scratch()

    private func copy(_ path: String, as name: String) throws -> String {
        try FileManager.default.copyItem(atPath: path, toPath: scratch.path(name))
        return scratch.path(name)
    }

    @Test func goesOnAfterAFileThatIsNone() throws {
        let good = try TrainedModels.make("simple", in: scratch), missing = scratch.path("missing.h5"), text = scratch.path("text.h5")
        try Data("no HDF5".utf8).write(to: URL(fileURLWithPath: text))
        for (bad, status) in [(missing, Int32(66)), (scratch.url.path, 66), ("/dev/null", 65), (text, 65)] {
            let run = try Tools.run("aeinspect", ["--quiet", bad, good])
            #expect(run.status == status)
            #expect(run.errors.hasPrefix("aeinspect: \(bad): ") && run.errors.split(separator: "\n").count == 1)
            #expect(run.output.contains("simple.h5: aekit model"))
        }
        #expect(try Tools.run("aeinspect", [text, missing, good]).status == 66)
        #expect(try Tools.run("aeinspect", [missing, text]).status == 66)
        #expect(try Tools.run("aeinspect", []).status == 64)
    }

    @Test func listsProblemsInJSON() throws {
        let good = try TrainedModels.make("simple", in: scratch), missing = scratch.path("missing.h5")
        let run = try Tools.run("aeinspect", [good, missing, "--json"])
        let script = """
            import json
            print([(entry["valid"], len(entry["problems"]), entry["kind"]) for entry in json.loads(sys.argv[1])])
            """
        #expect(try TrainedModels.python(script, [run.output]) == "[(True, 0, 'model'), (False, 1, None)]\n")
        #expect(run.status == 66)
    }

    @Test func refusesForeignAndNewerFiles() throws {
        let good = try TrainedModels.make("simple", in: scratch)
        let foreign = scratch.path("foreign.h5"), newer = try copy(good, as: "newer.h5")
        _ = try TrainedModels.python("import h5py\nh5py.File(sys.argv[1], 'w')['x'] = 1", [foreign])
        _ = try TrainedModels.python("import sealing\nsealing.set_attribute(sys.argv[1], '/', 'schema_version', b'2.0')", [newer])
        for (path, parts) in [(foreign, ["aekit"]), (newer, ["2.0", "1.1"])] {
            let run = try Tools.run("aeinspect", [path])
            #expect(run.status == 65 && run.output == "")
            #expect(parts.allSatisfy(run.errors.contains))
        }
    }

    /// A byte of metadata, and a byte of a weight: an overview does not read the second.
    @Test func refusesDamage() throws {
        let good = try TrainedModels.make("simple", in: scratch), metadata = try copy(good, as: "metadata.h5"), weight = try copy(good, as: "weight.h5")
        let script = """
            import h5py
            with h5py.File(sys.argv[1]) as f:
                weight = f["model/weights/decoder.0.weight"].id.get_offset()
            for path, offset in ((sys.argv[1], open(sys.argv[1], "rb").read().index(b"architecture")), (sys.argv[2], weight)):
                with open(path, "r+b") as f:
                    f.seek(offset)
                    byte = f.read(1)
                    f.seek(offset)
                    f.write(bytes([byte[0] ^ 1]))
            """
        _ = try TrainedModels.python(script, [metadata, weight])
        #expect(try Tools.run("aeinspect", [metadata]).status == 65)
        #expect(try Tools.run("aeinspect", [weight]).status == 0)
        let run = try Tools.run("aeinspect", ["--weights", weight])
        #expect(run.status == 65 && run.output == "")
        #expect(run.errors.contains(":/model/weights/decoder.0.weight: ") && run.errors.contains("SHA-256"))
    }

    /// Layers with a hundred megabytes of weights, and layers whose shapes overflow, are described or refused at once: nothing is taken for them.
    @Test func describesHugeLayersWithoutMemory() throws {
        let good = try TrainedModels.make("conv", in: scratch)
        func layers(_ lines: [String]) throws -> ToolRun {
            let path = scratch.path("layers.h5")
            try? FileManager.default.removeItem(atPath: path)
            _ = try copy(good, as: "layers.h5")
            let relus = (lines.count..<16).map { "r\($0): ReLU()" }
            _ = try TrainedModels.python("import sealing\nsealing.set_values(sys.argv[1], 'model/layers', sys.argv[2:])", [path] + lines + relus)
            return try Tools.run("aeinspect", [path])
        }
        let started = ContinuousClock.now
        let huge = try layers(["flatten: Flatten()", "a: Linear(1024, 4096)", "b: Linear(4096, 4096)", "c: Linear(4096, 1024)", "z: Latent(1024)",
                               "image: Unflatten(1, 32, 32)"])
        #expect(huge.status == 0 && huge.output.contains("25,175,040") && huge.output.contains("25,165,824"), "\(huge.output)\(huge.errors)")
        #expect(ContinuousClock.now - started < .seconds(20))
        for hostile in [
            ["flatten: Flatten()", "flat: Unflatten(1, 1, 1024)", "a: ConvTranspose2d(1, 1048576, kernel_size=1, stride=15)"],
            ["a: Conv2d(1, 1048576, kernel_size=1, padding=1048576)", "b: Conv2d(1048576, 1, kernel_size=1, padding=1048576)"],
        ] {
            let run = try layers(hostile)
            #expect(run.status == 65 && run.errors.contains("is too large"), "\(run.errors)")
        }
    }

    @Test func saysWhatAFileLacks() throws {
        let good = try TrainedModels.make("simple", in: scratch), latents = scratch.path("latents.h5")
        let script = """
            import h5py, sealing
            with h5py.File(sys.argv[1], "r+") as f:
                f.move("model", "unheard-of")
            sealing.seal(sys.argv[1])
            """
        try FileManager.default.copyItem(atPath: good, toPath: latents)
        _ = try TrainedModels.python(script, [latents])
        let run = try Tools.run("aeinspect", [latents])
        #expect(run.status == 65 && run.errors.contains("/model: is missing"))
    }
}

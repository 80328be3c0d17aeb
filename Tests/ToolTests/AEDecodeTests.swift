import Foundation
import Networks
import TestSupport
import Testing

@Suite struct AEDecodeTests {
    let scratch: Scratch
    let output: String

    init() throws {
        scratch = try Scratch()
        output = scratch.path("out.png")
    }

    /// Decodes, and gives the PNG's bytes.
    private func decode(_ model: String, _ arguments: String...) throws -> [UInt8] {
        let run = try Tools.run("aedecode", [scratch.path(model)] + arguments + ["-o", "-"])
        #expect(run.status == 0 && run.errors == "", "\(arguments): \(run.errors)")
        return run.outputBytes
    }

    /// Into HDF5 as they are, over more than one chunk: the library's floats, labels, and digests that h5py's bytes have.
    @Test func imagesAsTheyAre() throws {
        let network = try ModelFixture.save(.cvae, bottleneck: 3, to: scratch.path("cvae.h5")), path = scratch.path("images.h5")
        let run = try Tools.run("aedecode", [scratch.path("cvae.h5"), "--random", "450", "--seed", "4", "--label", "all", "-o", path])
        #expect(run.status == 0 && run.errors == "" && run.output == "")
        let z = LatentVectors.random(450, size: 3, seed: 4), chosen = [0, 7, 4095, 4096, 4499]
        var images = [Float](repeating: 0, count: chosen.count * 1024)
        chosen.flatMap { z[$0 / 10] }.withUnsafeBufferPointer { z in
            images.withUnsafeMutableBufferPointer { Inference(network).decode(z, labels: chosen.map { UInt16($0 % 10) }, into: $0) }
        }
        try images.withUnsafeBytes { try Data($0).write(to: scratch.url.appendingPathComponent("floats")) }
        let script = """
            import hashlib, sys
            import h5py, numpy as np
            with h5py.File(sys.argv[1]) as f:
                group = f["reconstructions/decoded"]
                images, label = group["images"][()], group["label"][()]
                assert f.attrs["kind"] == b"reconstructions" and images.shape == (4500, 1, 32, 32) and images.dtype == np.float32
                assert (label == np.tile(np.arange(10), 450)).all()
                for name in ("images", "label"):
                    assert bytes(group[name].attrs["sha256"]) == hashlib.sha256(group[name][()].tobytes()).digest()
            print((images[[0, 7, 4095, 4096, 4499]].ravel() == np.fromfile(sys.argv[2], np.float32)).all(), images.std() > 0.001)
            """
        #expect(try Python.run(script, [path, scratch.path("floats")]) == "True True\n")
        #expect(try Tools.run("aeinspect", [path]).status == 0)
    }

    /// Sheets of all auto-encoders, as Pillow reads them, against PyTorch: one level of 255 at the most; and the library's floats to 1e-5.
    @Test func pixelsArePyTorchs() throws {
        let labels: [UInt16] = Array(repeating: 7, count: 5)
        for architecture in ModelFixture.autoEncoders {
            let name = architecture.rawValue, network = try ModelFixture.save(architecture, bottleneck: 3, to: scratch.path("\(name).h5"))
            let z = LatentVectors.random(5, size: network.description.latentCount, seed: 3)
            let text = (0..<5).map { z[$0].map { "\($0)" }.joined(separator: ",") }.joined(separator: "\n")
            try Data(text.utf8).write(to: scratch.url.appendingPathComponent("\(name).csv"))
            let label = architecture.isConditional ? ["--label", "7"] : []
            let run = try Tools.run("aedecode", [scratch.path("\(name).h5"), "--z-file", scratch.path("\(name).csv"), "--columns", "3", "-o", scratch.path("\(name).png")] + label)
            #expect(run.status == 0, "\(run.errors)")
            var images = [Float](repeating: 0, count: 5 * 1024)
            (0..<5).flatMap { z[$0] }.withUnsafeBufferPointer { z in
                images.withUnsafeMutableBufferPointer { Inference(network).decode(z, labels: labels, into: $0) }
            }
            try images.withUnsafeBytes { try Data($0).write(to: scratch.url.appendingPathComponent("\(name).floats")) }
        }
        let script = """
            import sys
            import numpy as np, torch
            from PIL import Image
            folder, oracle, *names = sys.argv[1:]
            sys.path.insert(0, oracle)
            from model_files import load_model
            from networks import one_hot
            for name in names:
                model = load_model(f"{folder}/{name}.h5")[2]
                z = torch.from_numpy(np.loadtxt(f"{folder}/{name}.csv", delimiter=",", dtype=np.float32))
                with torch.no_grad():
                    images = model.decode(z, one_hot(torch.full((5,), 7)) if model.classes else None).numpy().reshape(5, 32, 32)
                sheet = Image.open(f"{folder}/{name}.png")
                assert (sheet.mode, sheet.size) == ("L", (98, 65)), sheet
                cells = np.stack([np.asarray(sheet)[33 * (i // 3):, 33 * (i % 3):][:32, :32] for i in range(5)]).astype(float)
                levels = np.round(images.clip(0, 1) * 255)
                floats = np.fromfile(f"{folder}/{name}.floats", np.float32).reshape(images.shape)
                print(name, abs(cells - levels).max(), abs(floats - images).max(), levels.std())
            """
        let printed = try Python.run(script, [scratch.url.path, Python.root.path + "/Tests/Oracle"] + ModelFixture.autoEncoders.map(\.rawValue))
        let lines = printed.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.count == ModelFixture.autoEncoders.count)
        for line in lines {
            #expect(Double(line[1])! <= 1 && Double(line[2])! <= 1e-5, "\(line)")
            #expect(Double(line[3])! > 3, "the images of \(line[0]) are too even to tell anything")
        }
    }

    @Test func gridRunsAlongRows() throws {
        try ModelFixture.save(.ae, to: scratch.path("ae.h5"))
        let points = ["-1,-2", "-1,0", "-1,2", "0,-2", "0,0", "0,2", "1,-2", "1,0", "1,2"]
        let expected = try Tools.run("aedecode", [scratch.path("ae.h5"), "--z"] + points + ["--columns", "3", "-o", "-"]).outputBytes
        #expect(try decode("ae.h5", "--grid", "--range", "-1:1,-2:2", "--steps", "3") == expected)
        #expect(try decode("ae.h5", "--grid", "--range=-1:1,-2:2", "--steps=3") == expected)
        try ModelFixture.save(.vae, images: 70, to: scratch.path("vae.h5"))
        let span = try Python.run("""
            import sys, h5py, numpy as np
            z = h5py.File(sys.argv[1])["latents/test/z"][()].astype(float)
            print(",".join(":".join(repr(float(np.float32(p))) for p in np.percentile(z[:, i], [1, 99])) for i in range(2)), end="")
            """, [scratch.path("vae.h5")])
        #expect(try decode("vae.h5", "--grid", "--range", "latents", "--steps", "5") == decode("vae.h5", "--grid", "--range", span, "--steps", "5"))
        #expect(try decode("ae.h5", "--grid") == decode("ae.h5", "--grid", "--range", "-3:3", "--steps", "12", "--columns", "12"))
    }

    @Test(arguments: [Architecture.ae, .conv, .cvae])
    func mediansAreNumPys(_ architecture: Architecture) throws {
        try ModelFixture.save(architecture, images: 45, to: scratch.path("model.h5"))
        let script = """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1]) as f:
                z, label = f["latents/test/z"][()], f["latents/test/label"][()]
            assert len({np.sum(label == c) % 2 for c in set(label)}) == 2, "classes of even and of odd size are wanted"
            for c in sorted(set(label)):
                print(",".join(str(x) for x in np.median(z[label == c], axis=0)), c)
            """
        let medians = try Python.run(script, [scratch.path("model.h5")]).split(separator: "\n").map { $0.split(separator: " ") }
        for (index, median) in medians.enumerated() {
            let label = architecture.isConditional ? ["--label", String(median[1])] : []
            let one = try Tools.run("aedecode", [scratch.path("model.h5"), "--z", String(median[0]), "-o", scratch.path("one-\(index).png")] + label)
            #expect(one.status == 0, "\(one.errors)")
        }
        #expect(try Tools.run("aedecode", [scratch.path("model.h5"), "--medians", "--each", "-o", scratch.path("out.png")]).status == 0)
        #expect(medians.count == 10)
        for index in medians.indices {
            #expect(try Data(contentsOf: scratch.url.appendingPathComponent("out-00\(index).png")) == Data(contentsOf: scratch.url.appendingPathComponent("one-\(index).png")))
        }
    }

    @Test func lineIsNumPysLinspace() throws {
        try ModelFixture.save(.vae, bottleneck: 3, to: scratch.path("vae.h5"))
        let script = """
            import numpy as np
            for z in np.linspace([-1.5, 0.1, 2], [2.5, -0.7, 1e-3], 7).astype(np.float32): print(",".join(map(str, z)))
            """
        let points = try Python.run(script).split(separator: "\n").map(String.init)
        let expected = try Tools.run("aedecode", [scratch.path("vae.h5"), "--z"] + points + ["-o", "-"]).outputBytes
        #expect(try decode("vae.h5", "--between", "-1.5,0.1,2", "2.5,-0.7,0.001", "--steps", "7") == expected)
        #expect(try decode("vae.h5", "--between", "-1.5,0.1,2", "2.5,-0.7,0.001") != expected)
    }

    @Test func randomVectorsAreNormalAndRepeat() throws {
        try ModelFixture.save(.vae, to: scratch.path("vae.h5"))
        #expect(try decode("vae.h5", "--random", "10") == decode("vae.h5", "--random", "10", "--seed", "0"))
        #expect(try decode("vae.h5", "--random", "10") != decode("vae.h5", "--random", "10", "--seed", "1"))
        let vectors = LatentVectors.random(20_000, size: 3, seed: 5), more = LatentVectors.random(30_000, size: 3, seed: 5)
        #expect((0..<9).allSatisfy { vectors[$0] == more[$0] })
        for number in 0..<3 {
            let values = (0..<vectors.count).map { Double(vectors[$0][number]) }
            let mean = values.reduce(0, +) / Double(values.count), square = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
            // Five standard errors.
            #expect(abs(mean) < 0.036 && abs(square - 1) < 0.05)
        }
    }

    @Test func allLabelsMakeRows() throws {
        try ModelFixture.save(.convCVAE, to: scratch.path("model.h5"))
        #expect(try Tools.run("aedecode", [scratch.path("model.h5"), "--z", "1,-1", "-.5,2", "--label", "all", "--each", "-o", output]).status == 0)
        for (index, z) in ["1,-1", "-.5,2"].enumerated() {
            for label in [0, 4, 9] {
                let image = try Data(contentsOf: scratch.url.appendingPathComponent("out-0\(index)\(label).png"))
                #expect(try [UInt8](image) == decode("model.h5", "--z", z, "--label", "\(label)"))
            }
        }
        #expect(try scratch.names().count == 21)
        #expect(try size(decode("model.h5", "--z", "1,-1", "-.5,2", "--label", "all")) == [10 * 33 - 1, 65])
    }

    @Test func epochsHaveTheirOwnWeightsAndMedians() throws {
        try ModelFixture.save(.ae, images: 40, epochs: 2, to: scratch.path("ae.h5"))
        for source in [["--z", "1,1"], ["--medians"]] {
            let pictures = try [["--epoch", "1"], ["--epoch", "2"], []].map { try Tools.run("aedecode", [scratch.path("ae.h5"), "-o", "-"] + source + $0).outputBytes }
            #expect(Set(pictures).count == 3 && !pictures.contains([]))
        }
        let run = try Tools.run("aedecode", [scratch.path("ae.h5"), "--z", "1,1", "--epoch", "3", "-o", output])
        #expect(run.status == 65 && run.errors == "aedecode: \(scratch.path("ae.h5")): keeps no weights of epoch 3: aetrain does with --record weights\n")
    }

    @Test func negativeNumbersInEveryForm() throws {
        try ModelFixture.save(.ae, to: scratch.path("ae.h5"))
        let expected = try decode("ae.h5", "--z", "-1.5,-2")
        for form in [["--z=-1.5,-2"], ["--z", "-1.5 -2"], ["--z", "-1.5, -2.0"], ["--z", "-15e-1,-2"]] {
            #expect(try Tools.run("aedecode", [scratch.path("ae.h5"), "-o", "-"] + form).outputBytes == expected, "\(form)")
        }
        #expect(try decode("ae.h5", "--z", "-1,2", "-.5,3", "--z=-2,1") == decode("ae.h5", "--z", "-1,2", "--z", "-0.5,3", "--z", "-2,1"))
    }

    @Test func scaleColumnsAndColours() throws {
        try ModelFixture.save(.ae, images: 30, to: scratch.path("ae.h5"))
        #expect(try size(decode("ae.h5", "--z", "1,1")) == [32, 32])
        #expect(try size(decode("ae.h5", "--z", "1,1", "--scale", "3")) == [96, 96])
        #expect(try size(decode("ae.h5", "--random", "20", "--quiet")) == [329, 65])
        #expect(try size(decode("ae.h5", "--random", "20", "--columns", "4", "--quiet")) == [131, 164])
        let kinds = try ["gray", "viridis"].map { try decode("ae.h5", "--medians", "--colormap", $0)[24...25].map { Int($0) } }
        // Bit depth and colour type.
        #expect(kinds == [[8, 0], [8, 2]])
    }

    /// The width and height that a PNG's header names.
    private func size(_ bytes: [UInt8]) -> [Int] {
        [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
    }
}

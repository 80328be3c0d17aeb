import Foundation
import Layers
import ModelFiles
import Networks
import Tensors
import Testing
import TestSupport

/// Data and networks of other shapes than the report's, through the tools.
struct OtherImagesTests {
    private let scratch = try! Scratch()

    /// 120 and 40 random images of 3 x 24 x 40 in an HDF5 file, with 47 named classes, and the same as .npy.
    private func makeData() throws {
        _ = try Python.run("""
            import h5py, numpy as np
            images = np.random.default_rng(6).integers(0, 256, (160, 3, 24, 40), np.uint8)
            with h5py.File("data.h5", "w") as f:
                for split, rows in [("train", slice(0, 120)), ("test", slice(120, 160))]:
                    f[split + "/images"], f[split + "/labels"] = images[rows], np.arange(160)[rows] % 47
                f["class_names"] = [f"letter {chr(65 + n)}" for n in range(47)]
            np.save("data.npy", images[120:].transpose(0, 2, 3, 1))
            """, in: scratch)
    }

    @Test func trainsOnWhatItIsTold() throws {
        try makeData()
        let data = scratch.path("data.h5"), model = scratch.path("m.h5"), gray = scratch.path("gray.h5"), conditional = scratch.path("cvae.h5")
        try succeed("aetrain", ["--model", "conv", "--size", "24x40", "--channels", "3", "--data", data, "--epochs", "1", "-o", model])
        try succeed("aetrain", ["--model", "simple", "--data", data, "--epochs", "1", "-q", "-o", gray])
        try succeed("aetrain", ["--model", "cvae", "--size", "16", "--data", data, "--epochs", "1", "-q", "-o", conditional])
        // What comes from the model's file needs no option; what says the same changes nothing.
        for options in [[], ["--size", "24x40", "--channels", "3"]] {
            try succeed("aeencode", [model, "--data", scratch.path("data.npy"), "-o", scratch.path("z\(options.count).npy")] + options)
        }
        try succeed("aeencode", [model, "--data", data, "-o", scratch.path("z.npy")])
        try succeed("aetrain", ["--resume", model, "--epochs", "2", "--data", data, "-q"])
        #expect(try Python.run("""
            import h5py, hashlib, numpy as np
            z = [np.load(f"z{name}.npy").tobytes() for name in ["0", "4", ""]]
            print(z[0] == z[1] == z[2])
            for name in ["m", "gray", "cvae"]:
                with h5py.File(name + ".h5") as f:
                    done = f["preprocess"].attrs
                    print(f["model"].attrs["input_shape"].tolist(), f["model"].attrs["classes"], done["resize"].decode(), done["resize_method"].decode(), done["divide_by"],
                          *(done[name].tolist() for name in ["source_size", "size", "pixel_range", "channels"]))
            with h5py.File("data.h5") as f, h5py.File("m.h5") as m:
                parts = [f[split + "/" + name][()].astype(np.uint8).tobytes() for split in ["train", "test"] for name in ["images", "labels"]]
                print(hashlib.sha256(b"".join(parts)).digest() == m["training"].attrs["data_sha256"].tobytes())
            """, in: scratch).split(separator: "\n") == [
                "True", "[3, 24, 40] 0 none none 255.0 [24, 40] [24, 40] [0.0, 255.0] 3",
                "[1, 32, 32] 0 24x40 to 32x32, bilinear as Pillow does it bilinear 255.0 [24, 40] [32, 32] [0.0, 255.0] 1",
                "[1, 16, 16] 47 24x40 to 16x16, bilinear as Pillow does it bilinear 255.0 [24, 40] [16, 16] [0.0, 255.0] 1", "True",
            ])
        for path in [model, gray, conditional] { try succeed("aeinspect", ["--validate", path]) }
    }

    @Test func refuses() throws {
        try makeData()
        let data = scratch.path("data.h5"), model = scratch.path("m.h5"), reader = scratch.path("reader.h5")
        try succeed("aetrain", ["--model", "ae", "--size", "24x40", "--channels", "3", "--data", data, "--epochs", "1", "-q", "-o", model])
        try succeed("aetrain", ["--model", "reader", "--data", data, "--epochs", "1", "-q", "-o", reader])
        let before = try scratch.names(), made = scratch.path("made.h5")
        for (tool, arguments, status, message) in [
            ("aeencode", [model, "--size", "32", "-o", made], 64, "--size is 32x32, but ae takes images of [3, 24, 40]"),
            ("aereconstruct", [model, "--channels", "1", "-o", made], 64, "--channels is 1, but ae takes images of [3, 24, 40]"),
            ("aetrain", ["--resume", model, "--size", "40x24", "--epochs", "2"], 64, "--size is 40x24, but ae takes images of [3, 24, 40]"),
            ("aescore", ["--reader", reader, "--model", model], 65, "m.h5:/model: makes images of [3, 24, 40], but the reader takes [1, 32, 32]"),
            ("aeplot", [model, "--reconstructions", "--size", "8", "-o", scratch.path("r.png")], 64, "--size is 8x8, but ae takes"),
            ("aeplot", [model, "--network", "--size", "8", "-o", scratch.path("r.png")], 64, "has no meaning with --network"),
            ("aetrain", ["--model", "conv", "--size", "20", "-o", made], 64, "conv halves images 3 times: 20 x 20 pixels are no multiples of 8"),
            ("aetrain", ["--model", "simple", "--channels", "2", "-o", made], 64, "--channels is 2, neither 1 nor 3"),
        ] + ["0", "1", "100000", "x", "64x", "64x64x64", "-5", "16384x16384", "32X32", "6.4"].map({
            ("aetrain", ["--model", "simple", "--size=\($0)", "-o", made], 64, "--size is '\($0)', neither a side")
        }) {
            let run = try Tools.run(tool, arguments + ["--data", data])
            #expect(run.status == status && run.errors.contains(message), "\(tool) \(arguments): \(run.status) \(run.errors)")
        }
        #expect(try scratch.names() == before)
    }

    /// A sound file of a network for images that no data have.
    @Test func refusesOtherChannels() throws {
        let layers: [any LayerDescription] = [Flatten(), Linear(128, 2), Latent([2]), Linear(2, 128), Unflatten([2, 8, 8])]
        let model = try ModelDescription(architecture: "pairs", bottleneck: 2, classes: 0, inputShape: ImageShape(channels: 2, height: 8, width: 8),
                                         layers: layers.enumerated().map { NamedLayer("layer\($0.offset)", $0.element) })
        let path = scratch.path("pairs.h5")
        try ModelFile.save(Network(model), training: nil, to: path)
        try succeed("aeinspect", ["--validate", path])
        let run = try Tools.run("aeencode", [path, "--data", "synthetic", "-o", scratch.path("z.npy")])
        #expect(run.status == 65 && run.errors.contains("pairs takes images of [2, 8, 8], but those of data have 1 channel or 3"), "\(run)")
    }

    /// 300 MB of images that are no room on the disk: memory does not grow with them, for none of the tools that read all of them.
    @Test func largeDataTakeNoMemory() throws {
        let said = try Python.run("""
            import os, resource, subprocess, sys
            import numpy as np
            def large(name, type, shape):
                with open(name, "wb") as f:
                    np.lib.format.write_array_header_1_0(f, {"descr": type, "fortran_order": False, "shape": shape})
                    f.truncate(f.tell() + np.dtype(type).itemsize * int(np.prod(shape)))
            large("bytes.npy", "|u1", (25000, 3, 64, 64))
            large("floats.npy", "<f4", (25000, 1, 56, 56))
            import h5py
            with h5py.File("chunked.h5", "w") as f: f.create_dataset("images", (100000, 56, 56), "u1", chunks=(1000, 56, 56), compression="gzip", compression_opts=1)[...] = 0
            tools = sys.argv[1]
            for command in [["aetrain", "--model", "simple", "--size", "64", "--channels", "3", "--data", "bytes.npy", "--epochs", "1", "-q", "-o", "a.h5"],
                            ["aetrain", "--model", "simple", "--size", "56", "--data", "floats.npy", "--epochs", "1", "--record", "none", "-q", "-o", "b.h5"],
                            ["aetrain", "--model", "simple", "--size", "56", "--data", "chunked.h5", "--epochs", "1", "--record", "none", "-q", "-o", "c.h5"],
                            ["aereconstruct", "a.h5", "--data", "bytes.npy", "-q", "-o", "r.png", "--limit", "10"]]:
                process = subprocess.Popen([tools + "/" + command[0]] + command[1:], stdout=subprocess.DEVNULL)
                _, status, usage = os.wait4(process.pid, 0)
                print(status, usage.ru_maxrss // 1024 < 160, usage.ru_maxrss // 1024)
            """, [Tools.folder.path], in: scratch)
        #expect(said.split(separator: "\n").allSatisfy { $0.hasPrefix("0 True") }, "\(said)")
    }
}

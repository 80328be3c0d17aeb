import Foundation
import TestSupport
import Testing

/// What aeencode, aereconstruct and aescore refuse: one line, the right exit code, no output and nothing left behind.
struct ChainErrorTests {
    private let scratch = try! Scratch()
    private let data: String

    /// Good models, and files that are none.
    init() throws {
        data = try DigitFolder.make(in: scratch)
        for model in ["conv", "vae", "cvae", "reader"] {
            try succeed("aetrain", ["--model", model, "--data", data, "--limit", "16", "--epochs", "1", "--record", "none", "-q", "-o", path("\(model).h5")])
        }
        try succeed("aeencode", [path("vae.h5"), "--data", data, "--limit", "9", "-q", "-o", path("latents.h5")])
        try succeed("aereconstruct", [path("vae.h5"), "--data", data, "--limit", "9", "-q", "-o", path("recon.h5")])
        try FileManager.default.createDirectory(atPath: path("empty"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(atPath: path("unlabelled"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: "\(data)/t10k-images-idx3-ubyte", toPath: path("unlabelled/t10k-images-idx3-ubyte"))
        try succeed("aereconstruct", [path("vae.h5"), "--data", path("unlabelled"), "--limit", "9", "-q", "-o", path("unread.h5")])
        try Data("no HDF5".utf8).write(to: URL(fileURLWithPath: path("text.h5")))
        try Data(Data(contentsOf: URL(fileURLWithPath: path("conv.h5"))).prefix(9000)).write(to: URL(fileURLWithPath: path("short.h5")))
        for name in ["newer.h5", "damaged.h5"] { try FileManager.default.copyItem(atPath: path("conv.h5"), toPath: path(name)) }
        _ = try Python.oracle("""
            import forge, h5py, numpy as np, sealing
            for name, images in [("doubles", np.zeros((3, 1, 32, 32))), ("small", np.zeros((3, 1, 28, 28), "<f4"))]:
                split = forge.Group("reconstructions", {"images": forge.Dataset(images), "label": forge.Dataset(np.array([7, 2, 1], np.uint8))})
                root = forge.file("reconstructions", {"reconstructions": forge.Group("reconstructions", {"test": split})})
                open(name + ".h5", "wb").write(forge.assemble(root))
            h5py.File("foreign.h5", "w")["x"] = 1
            sealing.set_attribute("newer.h5", "/", "schema_version", b"2.0")
            with h5py.File("damaged.h5", "r+") as f:
                f["model/weights/decoder.0.weight"][0, 0, 0, 0] = 0.5
            """, in: scratch)
    }

    private func path(_ name: String) -> String { scratch.path(name) }

    /// Runs each case's arguments, in which names of files here stand for their paths.
    private func refuse(_ tool: String, _ cases: [(arguments: String, status: Int32, message: String)]) throws {
        let names = Set(try scratch.names() + ["none", "none.h5", "none/out.h5", "none/out.npy", "none/out.png", "out.h5", "out.npy", "out.png", "out.txt"])
        for (arguments, status, message) in cases {
            let arguments = arguments.split(separator: " ").map { names.contains(String($0)) ? path(String($0)) : String($0) }
            let before = try scratch.names(), run = try Tools.run(tool, arguments + (arguments.contains("--data") ? [] : ["--data", data]))
            let lines = run.errors.split(separator: "\n").filter { $0 != "Try '\(tool) --help'." }
            #expect(run.status == status && run.output == "", "\(tool) \(arguments): \(run.status) \(run.errors)")
            #expect(lines.count == 1 && run.errors.hasPrefix("\(tool): ") && run.errors.contains(message), "\(tool) \(arguments): \(run.errors)")
            #expect(try scratch.names() == before, "\(tool) \(arguments)")
        }
    }

    /// Files that are no models, in the place of one.
    private func models(_ before: String, _ after: String) -> [(arguments: String, status: Int32, message: String)] {
        [
            ("none.h5", 66, "none.h5: cannot open"), ("empty", 66, "empty: cannot read"), ("text.h5", 65, "text.h5: is not an HDF5 file"),
            ("short.h5", 65, "truncated"), ("foreign.h5", 65, "is HDF5, but not as aekit writes it"), ("newer.h5", 65, "has schema 2.0; this aekit reads schema 1.1"),
            ("damaged.h5", 65, "/model/weights/decoder.0.weight: is damaged"), ("latents.h5", 65, "holds latents, not a model"),
            ("recon.h5", 65, "holds reconstructions, not a model"), ("/dev/null", 65, "is no regular file"),
        ].map { ("\(before)\($0)\(after)", $1, $2) }
    }

    /// What the tools that run images through an auto-encoder share.
    private func encoding(_ before: String, _ after: String) -> [(arguments: String, status: Int32, message: String)] {
        models(before, after) + [
            ("reader.h5", 65, "is a reader, which has no latent"), ("conv.h5 --sample", 64, "not variational"), ("vae.h5 --seed 2", 64, "--seed has no meaning"),
            ("vae.h5 --limit 0", 64, "--limit is 0"), ("vae.h5 --limit many", 64, "many"), ("vae.h5 --split other", 64, "other"),
            ("vae.h5 --sample --seed -1", 64, "-1"), ("vae.h5 --data none", 66, "none: no such file or folder"), ("vae.h5 --data empty", 66, "holds neither"),
            ("vae.h5 --data text.h5", 65, "is not an HDF5 file"), ("vae.h5 --data latents.h5", 65, "holds no images of the test split"),
            ("vae.h5 --data unlabelled --split train", 66, "no train-images"), ("cvae.h5 --data unlabelled", 65, "has no labels, which"),
        ].map { ("\(before)\($0)\(after)", $1, $2) }
    }

    @Test func encodesNothingWrong() throws {
        try refuse("aeencode", encoding("", " -o out.npy"))
        try refuse("aeencode", [
            ("vae.h5 -o out.txt", 64, "ends in none of .h5, .npy, .csv"), ("vae.h5", 64, "--output"), ("vae.h5 -o vae.h5", 64, "would be replaced"),
            ("vae.h5 --data recon.h5 -o recon.h5", 64, "would be replaced"), ("vae.h5 -o none/out.h5", 73, "cannot create"),
            ("vae.h5 -o none/out.npy", 73, "cannot create"), ("vae.h5 conv.h5 -o out.npy", 64, "conv.h5"), ("-o out.npy", 64, "<model>"),
        ])
    }

    @Test func reconstructsNothingWrong() throws {
        try refuse("aereconstruct", encoding("", " -o out.h5"))
        try refuse("aereconstruct", [
            ("vae.h5 -o out.npy", 64, "ends in none of .h5, .png"), ("vae.h5", 64, "--output"), ("vae.h5 -o vae.h5", 64, "would be replaced"),
            ("vae.h5 --data recon.h5 -o recon.h5", 64, "would be replaced"), ("vae.h5 -o none/out.h5", 73, "cannot create"),
            ("vae.h5 -o none/out.png", 73, "cannot create"), ("vae.h5 --scale 0 -o out.png", 64, "--scale is 0"),
            ("vae.h5 --columns 9999 -o out.png", 64, "--columns is 9999"), ("vae.h5 --scale 2 -o out.h5", 64, "--scale has no meaning"),
            ("vae.h5 --scale 4000 -o out.png", 64, "--limit takes fewer"),
        ])
    }

    @Test func scoresNothingWrong() throws {
        try refuse("aescore", models("--model vae.h5 --reader ", "") + encoding("--reader reader.h5 --model ", "") + [
            ("--reader vae.h5 --model vae.h5", 65, "is an auto-encoder (vae), not a reader"), ("--model vae.h5", 64, "--reader"),
            ("--reader reader.h5", 64, "nothing to score"), ("--reader reader.h5 recon.h5 --model vae.h5", 64, "exclude each other"),
            ("--reader reader.h5 --sample recon.h5", 64, "--sample has no meaning"), ("--reader reader.h5 vae.h5", 65, "there are none"),
            ("--reader reader.h5 doubles.h5", 65, "doubles.h5:/reconstructions/test/images: is float64, not float32"),
            ("--reader reader.h5 small.h5", 65, "small.h5:/reconstructions/test/images: has shape [3, 1, 28, 28], not N x [1, 32, 32]"),
            ("--reader reader.h5 none.h5", 66, "cannot open"), ("--reader reader.h5 text.h5", 65, "is not an HDF5 file"),
            ("--reader reader.h5 unread.h5", 65, "has no labels, which the reader needs"), ("--reader reader.h5 recon.h5 --data unlabelled", 65, "has no labels"),
            ("--reader reader.h5 recon.h5 foreign.h5 --record", 65, "as aekit writes it"),
        ])
    }
}

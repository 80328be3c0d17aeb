import Foundation
import TestSupport
import Testing

/// What aetrain refuses: one line, the right exit code, and nothing left behind.
struct AETrainErrorTests {
    private let scratch = try! Scratch()

    private func refused(_ arguments: [String], _ status: Int32, _ message: String) throws {
        let before = try scratch.names(), run = try Tools.run("aetrain", arguments)
        let lines = run.errors.split(separator: "\n").filter { $0 != "Try 'aetrain --help'." }
        #expect(run.status == status && run.output == "", "\(arguments): \(run.errors)")
        #expect(lines.count == 1 && run.errors.hasPrefix("aetrain: ") && run.errors.contains(message), "\(arguments): \(run.errors)")
        #expect(try scratch.names() == before, "\(arguments)")
    }

    @Test func refusesWrongOptions() throws {
        let data = try DigitFolder.make(in: scratch), output = scratch.path("out.h5")
        let cases: [(options: String, message: String)] = [
            ("--model nope", "no model is called 'nope'; there are simple, ae,"), ("", "--model is needed"), ("--model reader --bottleneck 3", "no bottleneck"),
            ("--model ae --bottleneck 0", "--bottleneck is 0, not within 1 to 64"), ("--model ae --bottleneck 65", "--bottleneck is 65"),
            ("--model ae --batch-size 0", "--batch-size is 0"), ("--model ae --batch-size 65537", "--batch-size is 65537"),
            ("--model ae --epochs 0", "--epochs is 0"), ("--model ae --learning-rate nan", "--learning-rate is nan"),
            ("--model ae --learning-rate 0", "--learning-rate is 0"), ("--model ae --learning-rate inf", "--learning-rate is inf"),
            ("--model ae --seed 18446744073709551616", "18446744073709551616"), ("--model ae --seed -1", "-1"), ("--model ae --limit 0", "--limit is 0"),
            ("--model ae --threads 0", "--threads is 0"), ("--model ae --kl-weight 1", "no KL divergence"),
            ("--model vae --kl-weight nan", "--kl-weight is nan"), ("--model ae --noise gaussian", "not variational"),
            ("--model vae --noise loud", "loud"), ("--model ae --record all", "all"), ("--model ae --record latents,", "latents,"),
            ("--model ae --recipe none", "none"), ("--model ae --what", "--what"), ("--model ae extra", "extra"),
        ]
        for (options, message) in cases {
            try refused(options.split(separator: " ").map(String.init) + ["--data", data, "-o", output], 64, message)
        }
        try refused(["--model", "ae", "--data", data], 64, "-o is needed")
    }

    @Test func refusesWrongFiles() throws {
        let data = try DigitFolder.make(in: scratch), output = scratch.path("out.h5"), conv = scratch.path("conv.h5"), text = scratch.path("text.txt")
        let empty = scratch.path("empty"), unlabelled = scratch.path("unlabelled")
        try succeed("aetrain", ["--model", "conv", "--limit", "16", "--epochs", "1", "--data", data, "-q", "-o", conv])
        try Data("text".utf8).write(to: URL(fileURLWithPath: text))
        for folder in [empty, unlabelled] { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        for name in ["train", "t10k"].map({ "\($0)-images-idx3-ubyte" }) {
            try FileManager.default.copyItem(atPath: "\(data)/\(name)", toPath: "\(unlabelled)/\(name)")
        }
        let ae = ["--model", "ae", "--limit", "16", "-o", output]
        try refused(ae + ["--data", scratch.path("none")], 66, "none: no such file or folder")
        try refused(ae + ["--data", text], 65, "text.txt: neither a folder")
        try refused(ae + ["--data", conv], 65, "conv.h5: holds no images of the train split")
        try refused(ae + ["--data", empty], 66, "empty: the folder holds neither IDX files nor PNGs")
        try refused(["--model", "cvae", "-o", output, "--data", unlabelled], 65, "has no labels, which cvae needs")
        try refused(["--model", "reader", "-o", output, "--data", unlabelled], 65, "has no labels, which reader needs")
        try refused(ae + ["--data", data, "--init", conv], 65, "conv.h5:/model: is conv with bottleneck 2, not the network asked for")
        try refused(["--model", "conv", "--bottleneck", "3", "-o", output, "--data", data, "--init", conv], 65, "with bottleneck 2")
        try refused(ae + ["--data", data, "--init", scratch.path("none.h5")], 66, "none.h5: cannot open")
        try refused(ae + ["--data", data, "--init", text], 65, "text.txt: is not an HDF5 file")
        try refused(["--data", data, "--resume", scratch.path("none.h5")], 66, "none.h5: cannot open")
        try refused(["--data", data, "--resume", text], 65, "text.txt: is not an HDF5 file")
        try refused(["--model", "ae", "--data", data, "-o", conv], 73, "conv.h5: exists: --force replaces it")
        try refused(["--model", "ae", "--data", data, "-o", scratch.path("no/out.h5")], 73, "no/out.h5: cannot create")
        try refused(["--model", "ae", "--data", data, "--limit", "16", "--epochs", "1", "-q", "-o", empty], 73, "empty: cannot create")
    }

    /// In the first epoch, in its evaluation, and after a checkpoint, which then stands as it was saved.
    @Test func stopsWhereTheLossIsNoNumber() throws {
        let data = try DigitFolder.make(in: scratch), output = scratch.path("out.h5")
        func train(_ model: String, _ rate: String, _ limit: String) -> [String] {
            ["--model", model, "--learning-rate", rate, "--limit", limit, "--epochs", "5", "--record", "none", "-q", "--data", data, "-o", output]
        }
        try refused(train("conv", "1e30", "200"), 65, "out.h5: the loss is nan at step 2 of epoch 1; nothing was saved")
        try refused(train("conv", "1e30", "64"), 65, "out.h5: the loss is nan at step 1 of epoch 1; nothing was saved")
        let run = try Tools.run("aetrain", train("vae", "1", "64"))
        #expect(run.status == 65)
        #expect(run.errors.hasPrefix("aetrain: \(output): the loss is ") && run.errors.hasSuffix("; the last checkpoint stands\n"), "\(run.errors)")
        let done = try succeed("aeinspect", [output, "--history"]).split(separator: "\n").count - 1
        #expect((1...4).contains(done) && run.errors.contains("of epoch \(done + 1)"))
    }
}

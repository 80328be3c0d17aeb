import Foundation
import TestSupport
import Testing

/// What aedecode refuses: in one line, with the right code, and with nothing written.
@Suite struct AEDecodeErrorTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try ModelFixture.save(.ae, to: scratch.path("ae.h5"))
        try ModelFixture.save(.conv, to: scratch.path("conv2.h5"))
        try ModelFixture.save(.cvae, to: scratch.path("cvae.h5"))
        try ModelFixture.save(.reader, to: scratch.path("reader.h5"))
        try Data("not HDF5".utf8).write(to: scratch.url.appendingPathComponent("text.h5"))
        let whole = try Data(contentsOf: scratch.url.appendingPathComponent("ae.h5"))
        try whole.prefix(whole.count / 2).write(to: scratch.url.appendingPathComponent("half.h5"))
    }

    /// The line begins with `problem`, in which models have no folder.
    private func expect(_ arguments: [String], _ status: Int32, _ problem: String) throws {
        let before = try scratch.names()
        let words = arguments.map { before.contains($0) || $0.hasSuffix(".png") || $0.hasPrefix("absent") ? scratch.path($0) : $0 }
        let run = try Tools.run("aedecode", words), lines = run.errors.split(separator: "\n")
        let line = (lines.first ?? "").replacingOccurrences(of: scratch.url.path + "/", with: "")
        #expect(run.status == status && line.hasPrefix("aedecode: \(problem)"), "\(arguments): \(run.status) \(run.errors)")
        #expect(lines.count == 1 || (lines.count == 2 && lines[1] == "Try 'aedecode --help'."), "\(run.errors)")
        #expect(try scratch.names() == before && run.output == "")
    }

    @Test func vectorsThatDoNotFit() throws {
        try expect(["conv2.h5", "--z", "1,2", "-o", "x.png"], 64, "--z has 2 numbers; the latent of conv2.h5 has 32 numbers (2 x 4 x 4)")
        try expect(["ae.h5", "--z", "1,2", "1", "-o", "x.png"], 64, "--z has 1 number; the latent of ae.h5 has 2 numbers")
        try expect(["conv2.h5", "--grid", "-o", "x.png"], 64, "--grid is for latents of two numbers; the latent of conv2.h5 has 32")
        try expect(["ae.h5", "--between", "1,2", "1,2,3", "-o", "x.png"], 64, "--between has 3 numbers")
        try expect(["ae.h5", "--between", "1,2", "-o", "x.png"], 64, "--between takes two vectors, not 1")
        for number in ["1e999", "nan", "inf", "-inf", "x", "", "1 2"] {
            try expect(["ae.h5", "--z=0,\(number)", "-o", "x.png"], 64, "--z '0,\(number)': '\(number)' is no finite number")
        }
    }

    @Test func optionsWithoutSense() throws {
        try expect(["--z", "1,2", "-o", "x.png"], 64, "the model file is missing")
        try expect(["ae.h5", "-o", "x.png"], 64, "no latent vectors: one of --z,")
        try expect(["ae.h5", "--grid", "--random", "3", "-o", "x.png"], 64, "more than one source of latent vectors")
        try expect(["ae.h5", "--z", "1,2"], 64, "-o is needed")
        try expect(["ae.h5", "--z", "1,2", "--nonsense", "-o", "x.png"], 64, "Unknown option '--nonsense'")
        for option in [["--each"], ["--scale", "2"], ["--columns", "2"], ["--colormap", "viridis"]] {
            try expect(["ae.h5", "--z", "1,2"] + option + ["-o", "new.h5"], 64, "--each, --scale, --columns and --colormap have no meaning with new.h5")
        }
        for (option, value) in [("--range", "-3:3"), ("--steps", "3"), ("--seed", "1"), ("--split", "test")] {
            try expect(["ae.h5", "--z", "1,2", option, value, "-o", "x.png"], 64, "\(option) has no meaning without ")
        }
        try expect(["ae.h5", "--grid", "--range", "latents", "-o", "x.png"], 65, "ae.h5: holds no latents of the split 'test'")
        for range in ["3", "a:b", "-3:3,", "1:2:3", "0:1,0:1,0:1", "0:inf", ""] {
            try expect(["ae.h5", "--grid", "--range", range, "-o", "x.png"], 64, "--range is \(range), neither low:high nor low:high,low:high")
        }
        for (option, value) in [("--scale", "0"), ("--columns", "0"), ("--scale", "99999"), ("--random", "0")] {
            let source = option == "--random" ? [] : ["--random", "3"]
            try expect(["ae.h5", option, value, "-o", "x.png"] + source, 64, "\(option) is \(value), not within 1 to ")
        }
        try expect(["ae.h5", "--random", "-3", "-o", "x.png"], 64, "The value '-3' is invalid for '--random")
        try expect(["ae.h5", "--random", "3", "--each", "--columns", "2", "-o", "x.png"], 64, "--columns has no meaning with --each")
        try expect(["ae.h5", "--random", "3", "--each", "-o", "-"], 64, "--each writes several files")
    }

    @Test func labels() throws {
        try expect(["ae.h5", "--z", "1,2", "--label", "3", "-o", "x.png"], 64, "ae.h5 is not conditional (ae): it takes no --label")
        try expect(["cvae.h5", "--z", "1,2", "-o", "x.png"], 64, "cvae.h5 is conditional (cvae): --label says which class, 0 to 9 or all")
        for label in ["10", "-1", "256", "some", "1.5"] {
            try expect(["cvae.h5", "--z", "1,2", "--label", label, "-o", "x.png"], 64, "--label is \(label), neither a class of 0 to 9 nor all")
        }
    }

    @Test func filesThatAreNoModels() throws {
        try expect(["absent.h5", "--z", "1,2", "-o", "x.png"], 66, "absent.h5: cannot open: No such file")
        try expect(["text.h5", "--z", "1,2", "-o", "x.png"], 65, "text.h5: is not an HDF5 file")
        try expect(["half.h5", "--z", "1,2", "-o", "x.png"], 65, "half.h5: ")
        try expect(["reader.h5", "--z", "1,2", "-o", "x.png"], 65, "reader.h5: is a reader: it has no latent")
        try expect(["ae.h5", "--z-file", "absent.csv", "-o", "x.png"], 66, "absent.csv: cannot open: No such file")
        try expect(["ae.h5", "--medians", "-o", "x.png"], 65, "ae.h5: holds no latents of the split 'test'; aetrain keeps")
        try expect(["ae.h5", "--z", "1,2", "--epoch", "1", "-o", "x.png"], 65, "ae.h5: keeps no weights of epoch 1")
    }

    @Test func outputsThatCannotBe() throws {
        try expect(["ae.h5", "--z", "1,2", "-o", "absent/x.png"], 73, "absent/x.png: cannot create: No such file")
        try expect(["ae.h5", "--z", "1,2", "-o", "ae.h5"], 64, "ae.h5 is read, and would be replaced")
        try expect(["ae.h5", "--z", "1,2", "-o", "/dev/full"], 74, "/dev/full: cannot write: No space left on device")
        try expect(["ae.h5", "--random", "1000000000", "-o", "x.png"], 64, "1,000,000,000 images make a sheet of more than 16384 pixels; --each writes a file an image")
        try expect(["ae.h5", "--z", "1,2", "--scale", "600", "-o", "x.png"], 64, "--scale 600 makes a sheet of more than 16384 pixels")
        try expect(["ae.h5", "--random", "2", "--each", "--scale", "600", "-o", "x.png"], 64, "--scale 600 makes a sheet of more than 16384 pixels")
    }

    /// A run that fails leaves the picture that was there.
    @Test func keepsWhatStoodThere() throws {
        try Data("old".utf8).write(to: scratch.url.appendingPathComponent("x.png"))
        try expect(["half.h5", "--z", "1,2", "-o", "x.png"], 65, "half.h5: ")
        #expect(try String(contentsOf: scratch.url.appendingPathComponent("x.png"), encoding: .utf8) == "old")
        #expect(try Tools.run("aedecode", [scratch.path("ae.h5"), "--z", "1,2", "-o", scratch.path("x.png")]).status == 0)
        #expect(try Data(contentsOf: scratch.url.appendingPathComponent("x.png")).starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
}

import Foundation
import Networks
import TestSupport
import Testing

/// What aeplot refuses: in one line, with the right code, and with nothing written.
@Suite struct AEPlotErrorTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try ModelFixture.save(.ae, to: scratch.path("ae.h5"))
        try ModelFixture.save(.vae, bottleneck: 3, images: 20, to: scratch.path("vae.h5"))
        try ModelFixture.save(.conv, bottleneck: 2, images: 20, to: scratch.path("conv.h5"))
        try ModelFixture.save(.reader, to: scratch.path("reader.h5"))
        let folder = scratch.url
        try Data("not HDF5".utf8).write(to: folder.appendingPathComponent("text.h5"))
        try Data("1,2\n3,x\n".utf8).write(to: folder.appendingPathComponent("bad.csv"))
        try Data("1,2\n3,4\n".utf8).write(to: folder.appendingPathComponent("two.csv"))
        let whole = try Data(contentsOf: folder.appendingPathComponent("vae.h5"))
        try whole.prefix(whole.count / 2).write(to: folder.appendingPathComponent("half.h5"))
        for name in ["nan.h5", "damaged.h5", "empty.h5", "newer.h5"] { try whole.write(to: folder.appendingPathComponent(name)) }
        try succeed("aereconstruct", [scratch.path("vae.h5"), "--data", "synthetic", "--limit", "9", "-q", "-o", scratch.path("recon.h5")])
        _ = try Python.oracle("""
            import h5py, numpy as np, sealing
            z = h5py.File("nan.h5")["latents/test/z"][()]
            z[3, 1] = np.nan
            sealing.set_values("nan.h5", "latents/test/z", z)
            sealing.set_attribute("newer.h5", "/", "schema_version", b"2.0")
            with h5py.File("damaged.h5", "r+") as f:
                f["latents/test/z"][0, 0] = 0.5
            h5py.File("foreign.h5", "w")["x"] = 1
            import bad_contents
            open("shares.h5", "wb").write(bad_contents.components(explained_variance_ratio=np.full(1024, 2.0))())
            for name, confusion in [("oblong", np.zeros((10, 9), "<i8")), ("negative", np.full((10, 10), -1, "<i8"))]:
                open(name + ".h5", "wb").write(bad_contents.values("/scores/tiny/confusion", confusion)())
            open("many.h5", "wb").write(bad_contents.components(components=np.zeros((1025, 1024)))())
            """, in: scratch)
    }

    /// The line begins with `problem`, in which files have no folder.
    private func expect(_ arguments: String, _ status: Int32, _ problem: String) throws {
        let before = try scratch.names()
        let words = arguments.split(separator: " ").map(String.init).map { word in
            before.contains(word) || ["x.png", "x.svg", "x.pdf"].contains(word) || word.hasPrefix("absent") ? scratch.path(word) : word
        }
        let run = try Tools.run("aeplot", words), lines = run.errors.split(separator: "\n")
        let line = (lines.first ?? "").replacingOccurrences(of: scratch.url.path + "/", with: "")
        #expect(run.status == status && line.hasPrefix("aeplot: \(problem)"), "\(arguments): \(run.status) \(run.errors)")
        #expect(lines.count == 1 || (lines.count == 2 && lines[1] == "Try 'aeplot --help'."), "\(run.errors)")
        #expect(try scratch.names() == before && run.output == "", "\(arguments)")
    }

    @Test func filesThatCannotBeRead() throws {
        try expect("absent.h5 -o x.png", 66, "absent.h5: cannot open: No such file")
        try expect("text.h5 -o x.png", 65, "text.h5: is not an HDF5 file")
        try expect("half.h5 -o x.png", 65, "half.h5: ")
        try expect("foreign.h5 -o x.png", 65, "foreign.h5: is HDF5, but not as aekit writes it")
        try expect("newer.h5 -o x.png", 65, "newer.h5: has schema 2.0; this aekit reads schema 1.1")
        try expect("damaged.h5 -o x.png", 65, "damaged.h5:/latents/test/z: is damaged")
        try expect("nan.h5 -o x.png", 65, "nan.h5:/latents/test: number 1 of vector 3 is not finite")
        try expect("nan.h5 --medians -o x.svg", 65, "nan.h5:/latents/test: number 1 of vector 3 is not finite")
        try expect("shares.h5 --variance -o x.png", 65, "shares.h5:/components/explained_variance_ratio: holds numbers that are no shares of a variance")
        try expect("many.h5 --variance -o x.png", 65, "many.h5:/components/components: has shape [1025, 1024], not [k, features] with up to 1024 components")
        try expect("oblong.h5 --confusion -o x.png", 65, "oblong.h5:/scores/tiny/confusion: has shape [10, 9], not [C, C]")
        try expect("negative.h5 --confusion -o x.png", 65, "negative.h5:/scores/tiny/confusion: holds numbers that are no counts")
        try expect("bad.csv -o x.png", 65, "bad.csv: line 2: 'x' is no finite number")
        try expect("absent.csv -o x.png", 66, "absent.csv: cannot open: No such file")
        try expect("vae.h5 absent.h5 --latents -o x.png", 66, "absent.h5: cannot open: No such file")
    }

    @Test func whatFilesDoNotHold() throws {
        for kind in ["latents", "histogram", "variance", "medians"] {
            try expect("ae.h5 --\(kind) -o x.png", 65, "ae.h5: holds no latents of the split 'test'; aetrain keeps those of 'test' unless --record is none, and aeencode")
        }
        try expect("vae.h5 --latents --split train -o x.png", 65, "vae.h5: holds no latents of the split 'train'")
        try expect("vae.h5 --latents --epoch 2 -o x.png", 65, "vae.h5: keeps no latents of epoch 2: aetrain does with --record latents")
        try expect("vae.h5 --history -o x.png", 65, "vae.h5: has no training history")
        try expect("vae.h5 --confusion -o x.png", 65, "vae.h5:/scores: there are none; aescore keeps some with --record")
        try expect("reader.h5 --medians -o x.png", 65, "reader.h5: is a reader: it has no latent")
        try expect("recon.h5 -o x.png", 65, "recon.h5: holds nothing to plot: no latents, no scores (aescore keeps some with --record), no model")
        try expect("recon.h5 --network -o x.png", 65, "recon.h5: holds reconstructions, not a model")
        try expect("two.csv --network -o x.png", 65, "two.csv: holds vectors alone")
        try expect("vae.h5 ae.h5 --latents -o x.png", 65, "ae.h5: holds no latents")
    }

    @Test func optionsWithoutSense() throws {
        try expect("-o x.png", 64, "Missing expected argument '<file> ...'")
        try expect("vae.h5", 64, "Missing expected argument '--output <file>'")
        try expect("vae.h5 -o x.pdf", 64, "-o x.pdf ends in none of .png, .svg")
        try expect("vae.h5 --latents --history -o x.png", 64, "Value to be set with flag '--history' had already been set with flag '--latents'")
        try expect("vae.h5 --nonsense -o x.png", 64, "Unknown option '--nonsense'")
        try expect("vae.h5 --scale 2 -o x.svg", 64, "--scale has no meaning without a .png")
        for scale in ["0", "-1", "17"] { try expect("vae.h5 --scale \(scale) -o x.png", 64, scale == "-1" ? "" : "--scale is \(scale), not within 1 to 16") }
        try expect("vae.h5 --history --pairs -o x.png", 64, "--pairs has no meaning with --history: it is for --latents")
        try expect("vae.h5 --network --epoch 1 -o x.png", 64, "--epoch has no meaning with --network")
        try expect("ae.h5 --split test -o x.png", 64, "--split has no meaning with --network")
        try expect("vae.h5 --latents --score x -o x.png", 64, "--score has no meaning with --latents: it is for --confusion")
        try expect("vae.h5 --latents --limit 5 -o x.png", 64, "--limit has no meaning with --latents: it is for --reconstructions")
        try expect("vae.h5 --reconstructions --data synthetic --limit 0 -o x.png", 64, "--limit is 0, not within 1 to 100")
        try expect("vae.h5 --reconstructions --data synthetic --split other -o x.png", 64, "--split is other, neither train nor test")
        try expect("vae.h5 --reconstructions --data absent -o x.png", 66, "absent: no such file or folder")
        try expect("reader.h5 --reconstructions --data synthetic -o x.png", 65, "reader.h5:/model: is a reader, which reconstructs nothing")
        try expect("vae.h5 --latents --epoch 0 -o x.png", 64, "--epoch is 0, not a number from 1")
        for list in ["a", "1,", "0,-1", "1.5"] { try expect("vae.h5 --dimensions \(list) -o x.png", 64, "--dimensions is \(list), not numbers from 0") }
        try expect("vae.h5 --dimensions 1,1 -o x.png", 64, "--dimensions is 1,1, which names a number twice")
        try expect("vae.h5 --dimensions 0,3 -o x.png", 64, "--dimensions names 3, but the latent has 3 numbers, 0 to 2")
        try expect("vae.h5 --latents --dimensions 1 -o x.png", 64, "--dimensions names one number; points have two")
        try expect("conv.h5 --pairs -o x.png", 64, "--pairs shows up to 6 numbers, and here are 32: --dimensions chooses some")
        try expect("conv.h5 --histogram -o x.png", 64, "a figure shows up to 16 numbers")
        try expect("two.csv --split test -o x.png", 64, "two.csv holds vectors alone, of no split")
        try expect("vae.h5 conv.h5 --latents --pairs -o x.png", 64, "--pairs is for one file")
    }

    @Test func outputsThatCannotBe() throws {
        try expect("vae.h5 -o absent/x.png", 73, "absent/x.png: cannot create: No such file")
        try expect("vae.h5 -o absent/x.svg", 73, "absent/x.svg: cannot create: No such file")
        try FileManager.default.copyItem(atPath: scratch.path("two.csv"), toPath: scratch.path("same.png"))
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link.csv"), withDestinationPath: scratch.path("same.png"))
        try expect("link.csv -o same.png", 64, "same.png is read, and would be replaced")
    }

    /// A run that fails leaves the picture that was there.
    @Test func keepsWhatStoodThere() throws {
        try Data("old".utf8).write(to: scratch.url.appendingPathComponent("x.png"))
        try expect("nan.h5 -o x.png", 65, "nan.h5:/latents/test: number 1")
        #expect(try String(contentsOf: scratch.url.appendingPathComponent("x.png"), encoding: .utf8) == "old")
    }

    /// A system without fonts is told which to install.
    @Test func aSystemWithoutFonts() throws {
        let settings = "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>\(scratch.path("none"))</dir><cachedir>\(scratch.path("none"))</cachedir></fontconfig>"
        try Data(settings.utf8).write(to: scratch.url.appendingPathComponent("fonts.conf"))
        let run = try Tools.run("aeplot", [scratch.path("vae.h5"), "-o", scratch.path("x.png")], environment: ["FONTCONFIG_FILE": scratch.path("fonts.conf")])
        #expect(run.status == 73 && run.errors.contains("aeplot: there is no font to write with: install one, such as Debian's fonts-dejavu-core"), "\(run.errors)")
    }
}

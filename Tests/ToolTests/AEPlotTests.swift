import Foundation
import ModelFiles
import Networks
import SystemFiles
import TestSupport
import Testing

/// What aeplot draws, against h5py and NumPy: positions are read by the ticks that are printed along the axes, as a person would.
@Suite struct AEPlotTests {
    let scratch = try! Scratch()

    /// Plots to an SVG and a PNG called `name`.
    private func plot(_ name: String, _ arguments: [String]) throws {
        for ending in ["svg", "png"] {
            let run = try Tools.run("aeplot", arguments.map { $0.hasSuffix(".h5") ? scratch.path($0) : $0 } + ["-o", scratch.path("\(name).\(ending)")])
            #expect(run.status == 0 && run.errors == "" && run.output == "", "\(arguments): \(run.errors)")
        }
    }

    /// What the script prints, which has h5py, NumPy and the SVG's reader at hand.
    private func python(_ script: String) throws -> String {
        let head = "import h5py\nfrom svg_plots import *\nnp.set_printoptions(suppress=True)\n"
        return try Python.oracle(head + script, in: scratch).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func pointsAreTheLatents() throws {
        try ModelFixture.save(.vae, images: 60, to: scratch.path("vae.h5"))
        try plot("points", ["vae.h5"])
        #expect(try python("""
            with h5py.File("vae.h5") as f:
                z, label = f["latents/test/z"][()], f["latents/test/label"][()]
            plot = Plot("points.svg")
            panel = plot.panels[0]
            places, symbols = plot.symbols(panel)
            read = np.stack([plot.scale("x-axis", panel)(places[:, 0]), plot.scale("y-axis", panel)(places[:, 1])], 1)
            print(np.abs(read - z).max() < 2e-3 * np.ptp(z, axis=0).max(), len(places))
            # A symbol of its own for each class.
            print(len({(s, l) for s, l in zip(symbols, label)}) == len(set(label)) == len(set(symbols)))
            print([t for t in plot.texts(plot.groups("legend")[0])] == ["class"] + [str(l) for l in sorted(set(label))], plot.faults())
            """) == "True 60\nTrue\nTrue []")
    }

    /// The plane and its shares of the variance against NumPy's singular value decomposition, up to sign; and panels of pairs.
    @Test(arguments: [3, 11])
    func moreNumbersAreShownByTheirComponents(bottleneck: Int) throws {
        try ModelFixture.save(.ae, bottleneck: bottleneck, images: 80, to: scratch.path("ae.h5"))
        try plot("pca", ["ae.h5", "--latents"])
        try plot("pairs", ["ae.h5", "--latents", "--pairs", "--dimensions", "2,0,1"])
        try plot("chosen", ["ae.h5", "--latents", "--dimensions", "2,0"])
        #expect(try python("""
            with h5py.File("ae.h5") as f:
                z = f["latents/test/z"][()].astype(float)
            def read(plot, panel):
                places = plot.symbols(panel)[0]
                return np.stack([plot.scale("x-axis", panel)(places[:, 0]), plot.scale("y-axis", panel)(places[:, 1])], 1)
            plot = Plot("pca.svg")
            u, s, vt = np.linalg.svd(z - z.mean(0), full_matrices=False)
            vt *= np.sign(vt[np.arange(len(vt)), np.abs(vt).argmax(1)])[:, None]
            expected = (z - z.mean(0)) @ vt[:2].T
            print(np.abs(read(plot, plot.panels[0]) - expected).max() < 2e-3 * np.ptp(expected, axis=0).max(), plot.faults())
            shares = [f"({100 * x:.1f} % of variance)" for x in (s ** 2 / (s ** 2).sum())[:2]]
            print(all(any(share in text for text in plot.texts()) for share in shares))
            plot = Plot("pairs.svg")
            labels = [tuple(plot.texts(plot.groups(axis, p)[0])[-1] for axis in ("x-axis", "y-axis")) for p in plot.panels]
            print(labels, plot.faults())
            columns = [(2, 0), (2, 1), (0, 1)]
            print([bool(np.abs(read(plot, p) - z[:, c]).max() < 2e-3 * np.ptp(z, axis=0).max()) for p, c in zip(plot.panels, columns)])
            plot = Plot("chosen.svg")
            print(np.abs(read(plot, plot.panels[0]) - z[:, [2, 0]]).max() < 2e-3 * np.ptp(z, axis=0).max())
            """) == "True []\nTrue\n[('z₂', 'z₀'), ('z₂', 'z₁'), ('z₀', 'z₁')] []\n[True, True, True]\nTrue")
    }

    /// Losses of several files in one plot, with the same numbers as h5py's; on logarithms where they differ much.
    @Test func linesAreTheHistories() throws {
        _ = try TrainedModels.make("ae", in: scratch, epochs: 4)
        _ = try TrainedModels.make("vae", in: scratch, epochs: 4)
        _ = try TrainedModels.make("conv", in: scratch, epochs: 2)
        try plot("one", ["ae.h5", "--history"])
        try plot("two", ["ae.h5", "conv.h5"])
        try plot("log", ["ae.h5", "vae.h5", "--history"])
        #expect(try python("""
            def check(name, files, log=False):
                plot = Plot(name)
                panel, series = plot.panels[0], plot.groups("series")
                for i, file in enumerate(files):
                    with h5py.File(file) as f:
                        history = {k: f[f"training/history/{k}"][()] for k in ("epoch", "train_loss", "eval_loss")}
                    for line, key in zip(series[2 * i:2 * i + 2], ("train_loss", "eval_loss")):
                        path = points(line.find(SVG + "path"))
                        x, y = plot.scale("x-axis", panel)(path[:, 0]), plot.scale("y-axis", panel, log)(path[:, 1])
                        assert np.abs(x - history["epoch"]).max() < 0.01, (x, file)
                        assert np.abs(y / history[key] - 1).max() < 5e-3, (y, history[key])
                print(len(series), [t.text for t in plot.groups("x-axis")[0].iter(SVG + "text")][:-1], plot.texts(plot.groups("legend")[0]), plot.faults())
            check("one.svg", ["ae.h5"])
            check("two.svg", ["ae.h5", "conv.h5"])
            check("log.svg", ["ae.h5", "vae.h5"], log=True)
            """) == """
            2 ['1', '2', '3', '4'] ['evaluation', 'training'] []
            4 ['1', '2', '3', '4'] ['ae', 'conv', 'evaluation', 'training'] []
            4 ['1', '2', '3', '4'] ['ae', 'vae', 'evaluation', 'training'] []
            """)
    }

    @Test func barsAreVariancesAndDensities() throws {
        try ModelFixture.save(.vae, bottleneck: 3, images: 90, to: scratch.path("vae.h5"))
        try plot("variance", ["vae.h5", "--variance"])
        try plot("histogram", ["vae.h5", "--histogram"])
        #expect(try python("""
            with h5py.File("vae.h5") as f:
                z = f["latents/test/z"][()].astype(float)
            plot = Plot("variance.svg")
            bars = rectangles(plot.groups("bars")[0])[0]
            heights = plot.scale("y-axis", plot.panels[0])(bars[:, 1])
            print(np.abs(heights - z.var(0)).max() < 2e-3 * z.var(0).max(), plot.faults())
            plot = Plot("histogram.svg")
            for number, panel in enumerate(plot.panels):
                bars = rectangles(plot.groups("bars", panel)[0])[0]
                x, y = plot.scale("x-axis", panel), plot.scale("y-axis", panel)
                # A round number: one digit says it.
                width = float(f"{np.median(x(bars[:, 0] + bars[:, 2]) - x(bars[:, 0])):.1g}")
                left = np.round(x(bars[:, 0]) / width).astype(int)
                bins = np.floor(z[:, number] / width).astype(int)
                expected = np.array([np.mean(bins == k) / width for k in left])
                curve = points(plot.groups("data", panel)[0].findall(SVG + "path")[-1])
                normal = np.exp(-x(curve[:, 0]) ** 2 / 2) / np.sqrt(2 * np.pi)
                print(np.abs(y(bars[:, 1]) - expected).max() < 0.01 * expected.max(), np.abs(y(curve[:, 1]) - normal).max() < 0.01 * max(0.4, expected.max()))
            print(len(plot.panels), plot.texts(plot.groups("legend")[0]), plot.faults())
            """) == "True []\nTrue True\nTrue True\nTrue True\n3 ['latents', 'N(0, 1)'] []")
    }

    /// A file with the numbers of a PCA beside its network.
    @Test func barsAreTheExplainedVariance() throws {
        try ModelFixture.save(.simple, bottleneck: 2, images: 20, to: scratch.path("pca.h5"))
        let shares = (0..<30).map { 0.4 * pow(0.6, Double($0)) }
        try StoredFile.update(scratch.path("pca.h5"), replacing: "components/none") { root in
            let group = try root.createGroup("components")
            try group.setAttribute("encoding-type", to: "components")
            try group.setAttribute("encoding-version", to: "1.0")
            for (name, values, shape) in [("components", [Double](repeating: 0.5, count: 60), [2, 30]), ("explained_variance_ratio", shares, [30])] {
                let dataset = try group.write(values, shape: shape, as: name)
                try dataset.setAttribute("encoding-type", to: "array")
                try dataset.setAttribute("encoding-version", to: "1.0")
                try dataset.setAttribute("sha256", to: values.withUnsafeBytes { SHA256.digest($0) })
            }
        }
        try plot("shares", ["pca.h5", "--variance"])
        #expect(try python("""
            plot = Plot("shares.svg")
            panel, shares = plot.panels[0], 40 * 0.6 ** np.arange(20)
            y = plot.scale("y-axis", panel)
            bars, line = rectangles(plot.groups("bars")[0])[0], points(plot.groups("line")[0].find(SVG + "path"))
            print(np.abs(y(bars[:, 1]) - shares).max() < 0.3, np.abs(y(line[:, 1]) - shares.cumsum()).max() < 0.3, len(bars))
            print(plot.texts()[1], plot.texts(plot.groups("legend")[0]), plot.faults())
            """) == "True True 20\nthe model keeps 2 of 30 components: 64.0 % of the variance ['each', 'all so far'] []")
    }

    @Test func cellsAreTheConfusion() throws {
        let data = try DigitFolder.make(in: scratch)
        for model in ["reader", "conv"] {
            try succeed("aetrain", ["--model", model, "--data", data, "--epochs", "2", "--record", "none", "-q", "-o", scratch.path("\(model).h5")])
        }
        try succeed("aescore", ["--reader", scratch.path("reader.h5"), "--model", scratch.path("conv.h5"), "--data", data, "--record", "-q"])
        try plot("confusion", ["conv.h5", "--confusion"])
        try plot("named", ["conv.h5", "--confusion", "--score", "conv 2"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path("named.svg"))) == Data(contentsOf: URL(fileURLWithPath: scratch.path("confusion.svg"))))
        #expect(try python("""
            import matplotlib
            with h5py.File("conv.h5") as f:
                confusion, accuracy = f["scores/conv 2/confusion"][()], f["scores/conv 2"].attrs["accuracy"]
            plot = Plot("confusion.svg")
            print(plot.texts(plot.groups("numbers")[0]) == [str(n) for n in confusion.ravel() if n], f"conv 2: {accuracy:.2f} % right" in plot.texts())
            colors = rectangles(plot.groups("cells")[0])[1]
            share = (confusion / np.maximum(confusion.sum(1, keepdims=True), 1)).astype(np.float32)
            expected = matplotlib.colormaps["viridis"](share.ravel(), bytes=True)[:, :3].astype(int)
            drawn = np.array([[int(c[i:i + 2], 16) for i in (1, 3, 5)] for c in colors])
            print(np.abs(drawn - expected).max() <= 1, len(drawn), plot.faults())
            """) == "True True\nTrue 100 []")
    }

    /// Medians as numpy has them, and the images that aedecode makes of them.
    @Test(arguments: [Architecture.ae, .conv, .cvae])
    func mediansAreAEDecodes(_ architecture: Architecture) throws {
        try ModelFixture.save(architecture, bottleneck: 3, images: 45, epochs: 1, to: scratch.path("model.h5"))
        for (name, epoch) in [("last", []), ("first", ["--epoch", "1"])] {
            try plot(name, ["model.h5", "--medians"] + epoch)
            try succeed("aedecode", [scratch.path("model.h5"), "--medians", "--columns", "10", "-o", scratch.path("\(name)-sheet.png")] + epoch)
        }
        #expect(try python("""
            with h5py.File("model.h5") as f:
                for name, place in (("last", f), ("first", f["epochs/001"])):
                    z, label = place["latents/test/z"][()], place["latents/test/label"][()]
                    medians = np.stack([np.median(z[label == c], axis=0) for c in sorted(set(label))], 1)
                    plot = Plot(f"{name}.svg")
                    shown = [number(t) for t in plot.texts(plot.groups("numbers")[0])]
                    print(not shown or np.abs(np.array(shown) - medians.ravel()).max() < 0.00501, bool(shown) == (len(medians) < 20), plot.faults())
                    sheet = np.asarray(Image.open(f"{name}-sheet.png"))
                    images = plot.images(plot.groups("images")[0])
                    print(all((image == sheet[:, 33 * i:][:, :32]).all() for i, image in enumerate(images)), len(images) == len(set(label)))
            """) == Array(repeating: "True True []\nTrue True", count: 2).joined(separator: "\n"))
    }

    /// The images that aereconstruct makes.
    @Test func imagesAreAEReconstructs() throws {
        for architecture in [Architecture.ae, .cvae] {
            let path = scratch.path("\(architecture.rawValue).h5")
            try ModelFixture.save(architecture, to: path)
            try succeed("aereconstruct", [path, "--data", "synthetic", "--limit", "7", "--columns", "7", "-q", "-o", scratch.path("\(architecture.rawValue).png")])
        }
        try plot("rows", ["ae.h5", "cvae.h5", "--reconstructions", "--data", "synthetic", "--limit", "7"])
        #expect(try python("""
            plot = Plot("rows.svg")
            images = np.array(plot.images()).reshape(3, 7, 32, 32)
            for row, name in ((1, "ae"), (2, "cvae")):
                sheet = np.asarray(Image.open(f"{name}.png"))
                cells = np.array([[sheet[33 * i:, 33 * j:][:32, :32] for j in range(7)] for i in range(2)])
                print((cells[0] == images[0]).all(), (cells[1] == images[row]).all())
            print([label for label, _ in plot.ticks("y-axis", plot.panels[0])], plot.faults())
            """) == "True True\nTrue True\n['original', 'ae', 'cvae'] []")
    }

    @Test func networksNameTheirLayers() throws {
        let files = (ModelFixture.autoEncoders + [.reader]).map { "\($0.rawValue).h5" }
        for architecture in ModelFixture.autoEncoders + [.reader] { try ModelFixture.save(architecture, to: scratch.path("\(architecture.rawValue).h5")) }
        try plot("all", files + ["--network"])
        try plot("vae", ["conv-cvae.h5", "--network"])
        #expect(try python("""
            plot = Plot("all.svg")
            print(len(plot.panels), plot.faults(), len(plot.images()))
            for panel, file in zip(plot.panels, "simple ae conv vae conv-vae cvae conv-cvae reader".split()):
                with h5py.File(f"{file}.h5") as f:
                    layers = [line.decode().split(": ")[1].split("(")[0] for line in f["model/layers"][()]]
                words = " ".join(plot.texts(panel)).replace(",", " ").split()
                print([(words.count(kind), layers.count(kind)) for kind in ("Linear", "Conv2d", "ConvTranspose2d", "ReLU", "BatchNorm2d", "Sigmoid")
                       if words.count(kind) != layers.count(kind)], words.count("labels") == layers.count("ConcatLabels"), ("μ" in words) == ("Gaussian" in layers))
            """) == "8 [] 14\n" + Array(repeating: "[] True True", count: 8).joined(separator: "\n"))
    }

    /// PNGs as Pillow reads them: as large as the SVG says times the scale, and not blank; and the usual kind of what files hold.
    @Test func picturesHaveTheirSize() throws {
        try ModelFixture.save(.vae, images: 300, to: scratch.path("vae.h5"))
        try ModelFixture.save(.simple, bottleneck: 1, images: 30, to: scratch.path("one.h5"))
        try ModelFixture.save(.reader, to: scratch.path("reader.h5"))
        try succeed("aeencode", [scratch.path("vae.h5"), "--data", "synthetic", "--limit", "50", "-q", "-o", scratch.path("z.csv")])
        try plot("a", ["vae.h5"])
        try succeed("aeplot", [scratch.path("vae.h5"), "--scale", "1", "--title", "Mine & <yours>", "-o", scratch.path("b.png")])
        try succeed("aeplot", [scratch.path("vae.h5"), "--title", "Mine & <yours>", "-o", scratch.path("b.svg")])
        for (name, file) in [("c", "one.h5"), ("d", "reader.h5"), ("e", "z.csv")] { try succeed("aeplot", [scratch.path(file), "-o", scratch.path("\(name).svg")]) }
        #expect(try python("""
            for name, scale in (("a", 2), ("b", 1)):
                image, plot = Image.open(f"{name}.png"), Plot(f"{name}.svg")
                colors = {color: n for n, color in image.getcolors(1 << 24)}
                palette = [tuple(int(c[i:i + 2], 16) for i in (1, 3, 5)) for c in ("#3f90da", "#ffa90e", "#bd1f01", "#832db6", "#e76300")]
                print(image.mode, image.size == tuple(int(scale * s) for s in plot.size), all(colors.get(c, 0) >= 40 * scale for c in palette))
            print(Plot("b.svg").texts()[0])
            print([sum(len(plot.groups(g)) for g in ("labels", "bars", "network")) for plot in map(Plot, ("a.svg", "c.svg", "d.svg", "e.svg"))])
            print(len(Plot("e.svg").symbols(Plot("e.svg").panels[0])[0]))
            """) == "RGB True True\nRGB True True\nMine & <yours>\n[1, 1, 1, 1]\n50")
    }

    @Test func equalPlotsHaveEqualBytes() throws {
        try ModelFixture.save(.vae, bottleneck: 4, images: 60, to: scratch.path("vae.h5"))
        for ending in ["png", "svg"] {
            for name in ["a", "b"] { try succeed("aeplot", [scratch.path("vae.h5"), "-o", scratch.path("\(name).\(ending)")]) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: scratch.path("a.\(ending)"))) == Data(contentsOf: URL(fileURLWithPath: scratch.path("b.\(ending)"))))
        }
    }
}

import Charts
import Foundation
import TestSupport
import Testing

@Suite struct ChartTests {
    let scratch = try! Scratch()

    private func write(_ figure: Figure, _ name: String = "a.svg") throws {
        let font = try Font()
        try Data(figure.drawing(font).svg(font).utf8).write(to: scratch.url.appendingPathComponent(name))
    }

    private func python(_ script: String) throws -> [String] {
        try Python.oracle("import numpy as np\nfrom svg_plots import *\n" + script, in: scratch).split(separator: "\n").map(String.init)
    }

    /// Points lie where matplotlib puts them in axes of the same place, with its margins of a twentieth.
    @Test func pointsAreMatplotlibs() throws {
        let x = (0..<300).map { sin(Double($0) * 1.7) * 3 + 0.4 }, y = (0..<300).map { cos(Double($0) * 0.9) * 0.02 - 7 }
        let chart = ScatterChart(title: "", x: x, y: y, classes: (0..<300).map { UInt16($0 % 12) }, xLabel: "x", yLabel: "y")
        try write(Figure(title: "t", panels: [chart], legendTitle: "class"))
        let printed = try python("""
            import matplotlib
            matplotlib.use("agg")
            import matplotlib.pyplot as plt
            i = np.arange(300)
            plot = Plot("a.svg")
            panel = plot.panels[0]
            frame = points(panel.findall(SVG + "path")[-1])
            (left, top), (right, bottom) = frame.min(0), frame.max(0)
            width, height = plot.size
            figure = plt.figure(figsize=(width / 72, height / 72), dpi=72)
            axes = figure.add_axes([left / width, 1 - bottom / height, (right - left) / width, (bottom - top) / height])
            axes.margins(0.05)
            data = np.stack([np.sin(i * 1.7) * 3 + 0.4, np.cos(i * 0.9) * 0.02 - 7], 1)
            axes.plot(*data.T, "o")
            figure.canvas.draw()
            expected = axes.transData.transform(data)
            expected[:, 1] = height - expected[:, 1]
            places, symbols = plot.symbols(panel)
            print(np.abs(places - expected).max() < 0.02, len(places))
            # Classes ten and eleven take the first two symbols again.
            print((symbols[:12] == symbols[12:24]).all(), len(set(symbols)), (symbols[10], symbols[11]) == (symbols[0], symbols[1]))
            print([t for t in plot.texts(plot.groups("legend")[0])], plot.faults())
            """)
        #expect(printed == ["True 300", "True 10 True", "['class', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11'] []"], "\(printed)")
    }

    @Test(arguments: [0.01, 1, 1e5])
    func binsAreNumPys(scale: Double) throws {
        let values = "import sys, numpy as np\nvalues = np.random.default_rng(3).normal(1, 2, 5000) * float(sys.argv[1])\n"
        func numbers(_ script: String) throws -> [Double] {
            try Python.run(values + script, ["\(scale)"], in: scratch).split(whereSeparator: \.isWhitespace).map { Double($0)! }
        }
        let chart = HistogramChart(title: "", values: try numbers("print(*values)"), valueLabel: "v", xLabel: "x", yLabel: "density")
        try Data(chart.edges.map { "\($0)" }.joined(separator: " ").utf8).write(to: scratch.url.appendingPathComponent("edges"))
        let expected = try numbers("print(*np.histogram(values, np.loadtxt('edges'), density=True)[0])")
        #expect(largestDifference(chart.densities, expected) < 1e-9 / scale)
        #expect((20...60).contains(chart.densities.count))
    }

    /// Odd data: nothing, one point, points upon one another, huge and tiny numbers, numbers that are not finite.
    @Test func oddDataAreDrawn() throws {
        let font = try Font(), huge = 3e38
        let pairs: [([Double], [Double])] = [([], []), ([1], [2]), ([5, 5, 5], [0, 0, 0]), ([huge, -huge], [1e-30, 2e-30]), ([1e7, 1e7 + 1], [-1e-3, 1e-3])]
        for (x, y) in pairs {
            let figure = Figure(title: "", panels: [ScatterChart(title: "", x: x, y: y, xLabel: "x", yLabel: "y")])
            try write(figure)
            #expect(try python("plot = Plot('a.svg'); places = plot.symbols(plot.panels[0])[0]; print(len(places), np.isfinite(places).all(), plot.faults())") == ["\(x.count) True []"])
            #expect(try figure.drawing(font).image(scale: 1).pixels.contains { $0 < 128 })
        }
        let lines = [[Double.nan, 1, .infinity, 3], [], [1e300, -1e300]].map { values in
            LineChart.Series("s", values.enumerated().map { Point(Double($0.offset), $0.element) }, stroke: Stroke(Palette.color(0)))
        }
        #expect(lines.map(\.points.count) == [2, 0, 0])
        try write(Figure(title: "", panels: [LineChart(title: "", series: lines, xLabel: "x", yLabel: "y", kind: .logarithmic)]))
        #expect(try python("print(Plot('a.svg').faults())") == ["[]"])
        let constant = HistogramChart(title: "", values: [2, 2, 2], valueLabel: "", xLabel: "", yLabel: "")
        #expect(constant.densities.count(where: { $0 > 0 }) == 1)
    }

    /// Long names are cut, and many lines need a second column of the legend: no text overlaps another.
    @Test func longNamesKeepTheirRoom() throws {
        let series = (0..<45).map { index in
            LineChart.Series(String(repeating: "long ", count: index), [Point(1, 1), Point(2, Double(index))], stroke: Stroke(Palette.color(index)))
        }
        let chart = LineChart(title: String(repeating: "title ", count: 60), series: series, xLabel: String(repeating: "x", count: 200), yLabel: String(repeating: "y", count: 200))
        try write(Figure(title: String(repeating: "T", count: 400), subtitle: String(repeating: "s", count: 900), panels: [chart, chart, chart], columns: 2))
        #expect(try python("plot = Plot('a.svg'); print(plot.faults(), len(plot.groups('legend')[0]))") == ["[] 90"])
    }

    @Test func equalFiguresGiveEqualBytes() throws {
        func bytes() throws -> [UInt8] {
            let font = try Font(), chart = ScatterChart(title: "t", x: [1, 2, 3], y: [2, 1, 3], classes: [0, 1, 1], xLabel: "x", yLabel: "y")
            let drawing = Figure(title: "t", panels: [chart]).drawing(font)
            return try drawing.image(scale: 2).encode() + Array(drawing.svg(font).utf8)
        }
        #expect(try bytes() == bytes())
    }
}

import Foundation
import Pages
import TestSupport
import Testing

/// A report from tiny networks, and what a browser and a reader of Markdown would make of it.
@Suite struct PageTests {
    let scratch = try! Scratch()

    /// The networks of all figures but the principal components, each once.
    private static var models: [ReportModel] {
        ReportFigure.all.flatMap(\.parts).flatMap(\.words).reduce(into: []) { found, word in
            if case .model(let model) = word, model.model != "pca", !found.contains(model) { found.append(model) }
        }
    }

    private static func name(_ model: ReportModel) -> String { "\(model.model)-\(model.bottleneck)" + (model.klWeight.map { "-kl\($0)" } ?? "") + "-seed0.h5" }

    /// Trains the networks on forty images of noise, and gives rows with two seeds for the first of them.
    private func rows() throws -> [PageRow] {
        _ = try Python.run("""
            import os, struct, numpy as np
            os.mkdir("data")
            random = np.random.default_rng(1)
            for prefix, count in (("train", 40), ("t10k", 30)):
                with open(f"data/{prefix}-images-idx3-ubyte", "wb") as f:
                    f.write(struct.pack(">4i", 2051, count, 28, 28) + random.integers(0, 256, count * 784, dtype=np.uint8).tobytes())
                with open(f"data/{prefix}-labels-idx1-ubyte", "wb") as f:
                    f.write(struct.pack(">2i", 2049, count) + bytes(i % 10 for i in range(count)))
            """, in: scratch)
        var rows: [PageRow] = []
        for (index, model) in Self.models.enumerated() {
            let weight = model.klWeight.map { ["--kl-weight", "\($0)"] } ?? []
            let run = try Tools.run("aetrain", ["--model", model.model, "--bottleneck", "\(model.bottleneck)", "--data", scratch.path("data"), "--epochs", "2", "-q",
                                                "-o", scratch.path(Self.name(model))] + weight)
            try #require(run.status == 0, "\(run.errors)")
            let isOfReport = model.bottleneck > 2 || ["ae", "simple", "conv"].contains(model.model)
            rows.append(PageRow(table: isOfReport ? "the report's" : "<others>", model: model.model, bottleneck: model.bottleneck, klWeight: model.klWeight, reconstructionWeight: nil, seed: 0,
                                  accuracy: 50 + Double(index), sampledAccuracy: model.klWeight.map { _ in 40 }, reportAccuracy: isOfReport ? 60 : nil, testError: 0.01,
                                  seconds: index == 0 ? nil : 1.25, file: Self.name(model)))
        }
        let first = rows[0]
        return rows + [PageRow(table: first.table, model: first.model, bottleneck: first.bottleneck, klWeight: nil, reconstructionWeight: nil, seed: 1, accuracy: 53.5, sampledAccuracy: nil,
                                 reportAccuracy: 60, testError: 0.02, seconds: nil, file: "second.h5")]
    }

    private func report(_ rows: [PageRow]) -> Page {
        Page(rows: rows, facts: .init(title: "<Noise>", data: "noise & more", recipe: "report", readerAccuracy: 97.25, isReport: true), further: [PageTable(heading: "Angles", columns: ["a|b", "x"], rows: [["<1>", "2"]])],
               folder: scratch.url.path, tools: Tools.folder.path, data: scratch.path("data"))
    }

    @Test func everyFigureOfTheReportIsThere() {
        #expect(ReportFigure.all.map(\.number).sorted() == Array(1...9) + Array(11...45))
        #expect(Self.models.count == 29)
        #expect(ReportFigure.all.allSatisfy { $0.caption.hasSuffix(".") && !$0.parts.isEmpty })
        let commands = ReportFigure.all.flatMap { figure in figure.parts.indices.map { figure.command(of: $0) { Self.name($0) }?.joined(separator: " ") ?? "" } }
        #expect(Set(commands).count == commands.count)
        #expect(commands.contains("aedecode vae-4-kl1.5-seed0.h5 --random 10 --scale 2 -o figures/figure-45.png"))
        #expect(commands.contains("aeplot pca-2-seed0.h5 ae-2-seed0.h5 simple-2-seed0.h5 --latents -o figures/figure-03.png"))
    }

    @Test func readsInABrowserAndAsMarkdown() throws {
        let report = report(try rows())
        var steps: [Int] = []
        try report.write { done, count in
            steps.append(done)
            #expect(count == 44)
        }
        #expect(steps == Array(0...44))
        let printed = try Python.oracle("import report_pages\nreport_pages.main()", in: scratch)
        let lines = printed.split(separator: "\n").map(String.init)
        #expect(lines.count == 10, "\(printed)")
        // Of the figures 3, 18, 19 and 20 there are no pictures; 1 and 17 have two.
        #expect(lines[0] == "44 True 42 7")
        #expect(lines[1] == "[3, 18, 19, 20]")
        #expect(lines[2] == "45 3" && lines[3] == "['The sweep has not run all networks of this figure.'] True")
        #expect(lines[4] == "['model', 'bottleneck', 'z = μ, %', 'report, %', 'difference', 'squared error', 'seconds']")
        // Of accuracies 50 and 53.5 the mean is 51.75 and the standard deviation 2.4749; of errors 0.01 and 0.02 they are 0.015 and 0.00707.
        #expect(lines[5] == "['AEncoder', '2', '51.75 ± 2.47', '60.00', '−8.25', '0.0150 ± 0.0071']", "\(lines[5])")
        #expect(lines[6] == "['a|b', 'x']" && lines[7] == "['<1>', '2']")
        #expect(lines[8] == "| AEncoder | 2 | 51.75 ± 2.47 | 60.00 | −8.25 | 0.0150 ± 0.0071 |  |")
        #expect(lines[9] == "['| a\\\\|b | x |'] True", "\(lines[9])")
        try aSecondReportDoesNothing(report)
    }

    /// Written again it leaves every file as it is; with a network that cannot be read it says which figure's command failed.
    private func aSecondReportDoesNothing(_ report: Page) throws {
        func states() throws -> [String: Date] {
            let names = try FileManager.default.subpathsOfDirectory(atPath: scratch.url.path)
            return try names.reduce(into: [:]) { $0[$1] = try FileManager.default.attributesOfItem(atPath: scratch.path($1))[.modificationDate] as? Date }
        }
        let before = try states()
        try report.write()
        #expect(try states() == before)
        #expect(!before.keys.contains { $0.contains("/.") })
        try Data("no model".utf8).write(to: scratch.url.appendingPathComponent("conv-2-seed0.h5"))
        let error = #expect(throws: PageError.self) { try report.write() }
        #expect(error?.description.contains("conv-2-seed0.h5") == true && error?.description.contains("is not an HDF5 file") == true, "\(String(describing: error))")
    }
}

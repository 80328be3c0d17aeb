import Platform
import SystemFiles
import Texts

/// The report of a sweep: its figures, made by the tools from the model files in its folder, and its tables beside the report's.
public struct Page: Sendable {
    /// What is said above everything else.
    public struct Facts: Sendable {
        /// The report's title, the data in words, how networks were trained, and the reader's accuracy on the untouched test images, percent.
        public let title: String, data: String, recipe: String, readerAccuracy: Double
        /// Whether it is the report's experiment, with its figures in its order; else tables come first, and figures that suit the rows.
        public let isReport: Bool

        public init(title: String, data: String, recipe: String, readerAccuracy: Double, isReport: Bool) {
            (self.title, self.data, self.recipe, self.readerAccuracy, self.isReport) = (title, data, recipe, readerAccuracy, isReport)
        }
    }

    public let rows: [PageRow]
    public let facts: Facts
    /// Tables that stand at the end, as of angles between subspaces.
    public let further: [PageTable]
    private let folder: String
    private let runner: FigureRunner

    /// - Parameters:
    ///   - folder: where the model files are, and what is written goes.
    ///   - tools: the folder of the tools; nil for that of the program which runs.
    ///   - data: what `--data` said, for figures that show images; nil for where the tools look by themselves.
    public init(rows: [PageRow], facts: Facts, further: [PageTable] = [], folder: String, tools: String? = nil, data: String? = nil) {
        (self.rows, self.facts, self.further, self.folder) = (rows, facts, further, folder)
        runner = FigureRunner(folder: folder, tools: tools ?? FigureRunner.ownFolder, data: data)
    }

    /// Makes the figures that are missing or older than their models, and writes `report.md` and `report.html`, of which the second has all pictures within.
    ///
    /// Throws `PageError` where a tool fails, and `SystemError`.
    /// - Parameter progress: is told of each figure: how many have been made, and of how many.
    public func write(progress: (Int, Int) throws -> Void = { _, _ in }) throws {
        let path = "\(folder)/figures"
        if mkdir(path, 0o777) != 0, errno != EEXIST { throw SystemError(path: path, what: "cannot create", errno: errno) }
        let wanted = facts.isReport ? ReportFigure.all : ReportFigure.suiting(rows)
        if facts.isReport {
            let example = ReportFigure.example.map { $0.map(\.plain).joined(separator: ",") + "\n" }.joined()
            try replace(ReportFigure.exampleFile, by: example)
        }
        // What the last report's figures were made with: other commands make them anew.
        let last = (try? FileBytes.read("\(folder)/report.md", limit: 1 << 24)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let known = Set(last.split(separator: "\n").filter { $0.hasPrefix("$ ") }.map { String($0.dropFirst(2)) })
        runner.clear()
        var figures: [Int: [FigurePart]] = [:]
        for (index, figure) in wanted.enumerated() {
            try progress(index, wanted.count)
            figures[figure.number] = try figure.parts.indices.map { try make(figure, $0, known) }
        }
        try progress(wanted.count, wanted.count)
        let blocks = facts.isReport ? reportBlocks(figures) : ownBlocks(wanted, figures)
        try replace("report.md", by: MarkdownPage.text(blocks))
        try replace("report.html", by: HTMLPage.text(blocks, folder: folder))
    }

    /// The file of a network's first run.
    func file(of model: ReportModel) -> String? { rows.first(where: model.matches)?.file }

    private func make(_ figure: ReportFigure, _ part: Int, _ known: Set<String>) throws -> FigurePart {
        let caption = figure.parts[part].caption
        guard let command = figure.command(of: part, file: file) else {
            return FigurePart(caption: caption, command: "", content: .missing("The sweep has not run all networks of this figure."))
        }
        let file = figure.file(of: part), line = command.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
        try runner.make(file, with: command, anew: !known.contains(line))
        let content: FigurePart.Content = try file.hasSuffix(".txt")
            ? .text(String(decoding: FileBytes.read("\(folder)/\(file)", limit: 1 << 20), as: UTF8.self)) : .picture(file)
        return FigurePart(caption: caption, command: line, content: content)
    }

    /// Writes a file whole; leaves one that holds the same as it is. Throws `SystemError`.
    private func replace(_ name: String, by text: String) throws { try AtomicFile.writeIfChanged(text, to: "\(folder)/\(name)") }
}

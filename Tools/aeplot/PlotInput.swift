import Charts
import ModelFiles
import Networks
import SystemFiles
import Texts
import ToolSupport

/// A file that is plotted.
struct PlotInput {
    let path: String
    /// What the plot calls it: its name without folder and ending, or the path where another file has that name.
    let name: String
    /// Nil for a file of vectors alone.
    let file: StoredFile?

    /// Opens files. Throws what reading throws.
    static func open(_ paths: [String]) throws -> [PlotInput] {
        let names = paths.map { path in
            let last = path.split(separator: "/").last.map(String.init) ?? path
            return last.lastIndex(of: ".").map { $0 > last.startIndex ? String(last[..<$0]) : last } ?? last
        }
        return try zip(paths, names).map { path, name in
            let isVectors = [".npy", ".csv", ".txt"].contains(where: path.hasSuffix)
            return PlotInput(path: path.printable, name: (names.count { $0 == name } > 1 ? path : name).printable, file: isVectors ? nil : try StoredFile(path))
        }
    }

    /// The file. Throws `ToolError` where it holds vectors alone.
    func stored() throws -> StoredFile {
        guard let file else { throw ToolError(.badData, "\(path): holds vectors alone: --latents, --histogram and --variance plot such") }
        return file
    }

    /// Whether a kind has what it needs.
    func holds(_ kind: PlotKind) throws -> Bool {
        guard let file else {
            let size = try latents(split: nil, epoch: nil).size
            return kind == .latents && size > 1 || kind == .histogram
        }
        switch kind {
        case .latents, .histogram, .variance, .medians:
            let name = try LatentRecord.usualSplit(file.root)
            guard file.root.contains("latents/\(name)/z") else { return false }
            return try kind != .latents || file.root.dataset("latents/\(name)/z").shape.last ?? 0 > 1
        case .confusion: return try !scores().isEmpty
        case .history: return try file.root.contains("training") && !TrainingRecord(file.root).state.history.isEmpty
        case .network, .reconstructions: return file.kind == .model
        }
    }

    /// The names of the scores that the file holds.
    func scores() throws -> [String] {
        let root = try stored().root
        return try root.contains("scores") ? root.group("scores").names() : []
    }

    /// The file's network. Throws `ToolError` where it has none.
    func model() throws -> ModelDescription {
        let file = try stored()
        guard file.kind == .model else { throw ToolError(.badData, "\(path): holds \(file.kind.rawValue), not a model") }
        return try ModelRecord.description(file.root)
    }

    /// The latents. Throws what says how a file comes by them where it has none.
    func latents(split: String?, epoch: Int?) throws -> PlotLatents {
        if let file { return PlotLatents(try StoredLatents(file, split: split, epoch: epoch)) }
        if split != nil || epoch != nil { throw ToolError.usage("\(path) holds vectors alone, of no \(split != nil ? "split" : "epoch")") }
        let vectors = try VectorFile.read(path)
        return PlotLatents(values: (0..<vectors.count).flatMap { vectors[$0] }, size: vectors.size, labels: nil, split: nil)
    }
}

/// Latents to be plotted, [n][size], all finite.
struct PlotLatents {
    let values: [Float]
    let size: Int
    let labels: [UInt16]?
    /// Nil where that is not known.
    let split: String?

    var count: Int { values.count / size }

    /// One number of all vectors, [n].
    func column(_ index: Int) -> [Double] { stride(from: index, to: values.count, by: size).map { Double(values[$0]) } }

    /// What they are, in words: 10,000 images of the split test.
    var text: String { Decimal.grouped(count) + (split.map { " \($0.printable) images" } ?? " vectors") }
}

extension PlotLatents {
    init(_ stored: StoredLatents) { self.init(values: stored.z, size: stored.size, labels: stored.labels, split: stored.split) }
}

import Images
import ModelFiles
import Networks
import Platform
import SystemFiles
import Texts
import ToolSupport

/// Scores images with one reader.
struct Scoring {
    private let reader: Inference
    private let readerDigest: [UInt8]
    private let encoding: EncodingOptions
    let data: DataSelection
    private let classes: Int

    init(reader path: String, _ encoding: EncodingOptions, note: (String) -> Void) throws {
        self.encoding = encoding
        let network = try ModelRecord.network(of: StoredFile(path))
        guard network.description.isReader else {
            throw ToolError(.badData, "\(path.printable):/model: is an auto-encoder (\(network.description.architecture)), not a reader")
        }
        reader = Inference(network, threads: Processors.count)
        readerDigest = ModelRecord.digest(network)
        classes = network.description.outputCount
        data = try encoding.images.select()
        if let notice = data.notice { note(notice) }
    }

    /// The score of the images themselves.
    func originals() throws -> Score {
        var score = Score(name: "originals", classes: classes)
        let images = try encoding.stream(for: reader.network, data)
        while let set = try images.next(Inference.chunk(reader.network.description.inputCount)) {
            let labels = try known(set.labels, of: "\(data.source)")
            set.withPixels { score.add($0, labels: labels, reader: reader) }
        }
        return score
    }

    /// The score of a model's reconstructions, named after its architecture and bottleneck.
    func model(_ path: String, quiet: Bool) throws -> Score {
        let network = try encoding.network(path), model = network.description, seen = reader.network.description.inputShape
        guard model.inputShape == seen else { throw ToolError(.badData, "\(path.printable):/model: makes images of \(model.inputShape), but the reader takes \(seen)") }
        var score = Score(name: "\(model.architecture) \(model.bottleneck)" + (encoding.sample ? " sampled" : ""), classes: classes)
        let images = ProgressBar.following(try encoding.stream(for: network, data), quiet: quiet)
        try ReconstructionRecord.forEachChunk(images, Inference(network, threads: Processors.count, of: images.count), sampling: encoding.sampling) { set, values in
            score.add(.floats(values, count: set.count), labels: try known(set.labels, of: "\(data.source)"), reader: reader)
        }
        return score
    }

    /// The scores of the reconstructions in a file, one a split, named after file and split.
    func reconstructions(_ path: String) throws -> [Score] {
        let file = try StoredFile(path), splits = try ReconstructionRecord.splits(file.root)
        guard !splits.isEmpty else { throw ToolError(.badData, "\(path.printable):/reconstructions: there are none; aereconstruct makes them") }
        return try splits.map { split in
            var score = Score(name: "reconstructions \(split)", classes: classes)
            try ReconstructionRecord.read(file.root, split: split, shape: reader.network.description.inputShape) { values, labels in
                score.add(.floats(values, count: labels.count), labels: try known(labels, of: path), reader: reader)
            }
            return score
        }
    }

    /// Keeps a score in the file that it is of, which nobody else writes meanwhile.
    func record(_ score: Score, in path: String) throws {
        let lock = try FileLock(beside: path)
        defer { lock.release() }
        try StoredFile.update(path, replacing: "scores/\(score.name)") { try score.write(to: $0, readerDigest: readerDigest) }
    }

    /// Labels that the reader knows. Throws where there are none, or others.
    private func known(_ labels: [UInt16]?, of source: String) throws -> [UInt16] {
        guard let labels else { throw ToolError(.badData, "\(source): has no labels, which a score needs") }
        if let label = labels.first(where: { $0 >= classes }) {
            throw ToolError(.badData, "\(source): has label \(label), but the reader knows \(classes) classes")
        }
        return labels
    }
}

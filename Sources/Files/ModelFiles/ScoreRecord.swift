import HDF5Library
import HDF5Reader

/// /scores/<name>: how a reader read images whose classes are known.
public struct ScoreRecord: Sendable {
    public let name: String
    public let confusion: Confusion
    /// The SHA-256 of the reader's layers and weights, and of the images and labels that it read.
    public let readerDigest: [UInt8], dataDigest: [UInt8]

    public init(name: String, confusion: Confusion, readerDigest: [UInt8], dataDigest: [UInt8]) {
        (self.name, self.confusion, self.readerDigest, self.dataDigest) = (name, confusion, readerDigest, dataDigest)
    }

    /// Adds /scores/<name>. Throws `HDF5Error`.
    public func write(to root: Group) throws {
        let all = try root.contains("scores") ? root.group("scores") : root.add("scores", .scores)
        let group = try all.add(name, .score), classes = confusion.classes
        try group.setAttribute("accuracy", to: confusion.accuracy)
        try group.setAttribute("correct", to: Int64(confusion.correct))
        try group.setAttribute("count", to: Int64(confusion.count))
        try group.setAttribute("reader_sha256", to: readerDigest)
        try group.setAttribute("data_sha256", to: dataDigest)
        try group.add(confusion.counts.flatMap { $0.map { Int64($0) } }, shape: [classes, classes], as: "confusion")
    }

    /// The confusion matrix of /scores/<name>. Throws `HDF5Error`.
    public static func confusion(_ name: String, in root: StoredGroup) throws -> Confusion {
        let group = try root.group("scores/\(name)"), dataset = try group.dataset("confusion"), classes = dataset.shape.first ?? 0
        guard dataset.shape == [classes, classes], (1...Confusion.mostClasses).contains(classes) else { throw dataset.error("has shape \(dataset.shape), not [C, C]") }
        let counts: [Int64] = try group.values("confusion")
        guard counts.allSatisfy({ (0...1 << 40).contains($0) }) else { throw dataset.error("holds numbers that are no counts") }
        return Confusion((0..<classes).map { row in counts[row * classes..<(row + 1) * classes].map { Int($0) } })
    }
}

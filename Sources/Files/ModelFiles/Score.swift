import HDF5Library
import Images
import Networks
import SystemFiles

/// How well a reader reads images whose digits are known.
public struct Score: Sendable {
    public let name: String
    /// The SHA-256 of the images and labels that were scored, as float32 in [0, 1] or as bytes, then labels, chunk by chunk.
    private var dataDigest = SHA256()
    /// [classes][classes]: rows the true class, columns the class read.
    public private(set) var confusion: [[Int]]

    public init(name: String, classes: Int) {
        self.name = name
        confusion = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    }

    public var correct: Int { confusion.indices.reduce(0) { $0 + confusion[$1][$1] } }
    public var count: Int { confusion.reduce(0) { $0 + $1.reduce(0, +) } }
    /// Percent.
    public var accuracy: Double { percent(correct, count) }

    /// Percent of a class's images that are read right; NaN where there are none.
    public func accuracy(of label: Int) -> Double { percent(confusion[label][label], confusion[label].reduce(0, +)) }

    private func percent(_ part: Int, _ whole: Int) -> Double { whole == 0 ? .nan : 100 * Double(part) / Double(whole) }

    /// Adds images: the class read is the one with the highest logit, the first of equals.
    public mutating func add(_ images: Pixels, labels: [UInt16], reader: Inference) {
        let classes = confusion.count
        let logits = [Float](unsafeUninitializedCapacity: images.count * classes) { buffer, initialized in
            reader.run(images, into: UnsafeMutableBufferPointer(rebasing: buffer[..<(images.count * classes)]))
            initialized = images.count * classes
        }
        switch images {
        case .bytes(let bytes, _): dataDigest.update(UnsafeRawBufferPointer(bytes))
        case .floats(let floats, _): dataDigest.update(UnsafeRawBufferPointer(floats))
        }
        if confusion.count <= 256 { dataDigest.update(labels.map { UInt8($0) }) } else { labels.withUnsafeBytes { dataDigest.update($0) } }
        for (index, label) in labels.enumerated() {
            let row = logits[index * classes..<(index + 1) * classes]
            let read = row.indices.max { row[$0] < row[$1] }! - row.startIndex
            confusion[Int(label)][read] += 1
        }
    }

    /// Adds /scores/<name>. Throws `HDF5Error`.
    public func write(to root: Group, readerDigest: [UInt8]) throws {
        var data = dataDigest
        let all = try root.contains("scores") ? root.group("scores") : root.add("scores", .scores)
        let group = try all.add(name, .score)
        try group.setAttribute("accuracy", to: accuracy)
        try group.setAttribute("correct", to: Int64(correct))
        try group.setAttribute("count", to: Int64(count))
        try group.setAttribute("reader_sha256", to: readerDigest)
        try group.setAttribute("data_sha256", to: data.finalize())
        try group.add(confusion.flatMap { $0.map { Int64($0) } }, shape: [confusion.count, confusion.count], as: "confusion")
    }
}

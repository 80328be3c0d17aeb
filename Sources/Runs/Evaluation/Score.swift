import ModelFiles
import Networks
import SystemFiles

/// How well a reader reads images whose classes are known.
public struct Score: Sendable {
    public let name: String
    public private(set) var confusion: Confusion
    /// The SHA-256 of the images and labels that were scored, as float32 in [0, 1] or as bytes, then labels, chunk by chunk.
    private var dataDigest = SHA256()

    public init(name: String, classes: Int) { (self.name, confusion) = (name, Confusion(classes: classes)) }

    /// Adds images: the class read is the one with the highest logit, the first of equals.
    public mutating func add(_ images: Pixels, labels: [UInt16], reader: Inference) {
        let classes = confusion.classes
        let logits = [Float](unsafeUninitializedCapacity: images.count * classes) { buffer, initialized in
            reader.run(images, into: UnsafeMutableBufferPointer(rebasing: buffer[..<(images.count * classes)]))
            initialized = images.count * classes
        }
        switch images {
        case .bytes(let bytes, _): dataDigest.update(UnsafeRawBufferPointer(bytes))
        case .floats(let floats, _): dataDigest.update(UnsafeRawBufferPointer(floats))
        }
        if classes <= 256 { dataDigest.update(labels.map { UInt8($0) }) } else { labels.withUnsafeBytes { dataDigest.update($0) } }
        for (index, label) in labels.enumerated() {
            let row = logits[index * classes..<(index + 1) * classes]
            confusion.add(Int(label), readAs: row.indices.max { row[$0] < row[$1] }! - row.startIndex)
        }
    }

    /// What a file keeps of it.
    ///
    /// - Parameter readerDigest: what tells the reader apart, of `ModelRecord.digest`.
    public func record(readerDigest: [UInt8]) -> ScoreRecord {
        var data = dataDigest
        return ScoreRecord(name: name, confusion: confusion, readerDigest: readerDigest, dataDigest: data.finalize())
    }
}

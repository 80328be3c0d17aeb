import HDF5Reader
import Networks

/// Latents that a file holds: z [n, d], all finite, and the labels [n] where it has them.
public struct StoredLatents: Sendable {
    public let z: [Float]
    public let size: Int
    public let labels: [UInt16]?
    public let split: String

    public var count: Int { z.count / size }

    /// What one number of z spans, but for the few that lie farthest: from its 1st to its 99th percentile, as numpy's `percentile` has them.
    public func span(_ number: Int) -> Ends {
        let sorted = stride(from: number, to: z.count, by: size).map { Double(z[$0]) }.sorted()
        func percentile(_ share: Double) -> Float {
            let place = share * Double(sorted.count - 1), below = Int(place)
            return Float(sorted[below] + (sorted[min(below + 1, sorted.count - 1)] - sorted[below]) * (place - Double(below)))
        }
        return Ends(percentile(0.01), percentile(0.99))
    }

    /// Reads /latents/<split>, or /epochs/NNN/latents/<split>. Throws `HDF5Error`, for missing ones with how a file comes by them.
    ///
    /// - Parameters:
    ///   - split: nil for the test split, or for the only one.
    ///   - epoch: the epoch whose latents are wanted, where the file keeps them; nil for the trained network's.
    public init(_ file: StoredFile, split: String? = nil, epoch: Int? = nil) throws {
        let root = try epoch.map { try EpochSnapshot.part(.latents, of: $0, in: file.root) } ?? file.root
        self.split = try split ?? LatentRecord.usualSplit(root)
        guard root.contains("latents/\(self.split)") else {
            throw root.error("holds no latents of the split '\(self.split)'; aetrain keeps those of 'test' unless --record is none, and aeencode writes them for any images")
        }
        (z, size, labels) = try LatentRecord.read(root, split: self.split)
        let group = try root.group("latents/\(self.split)")
        guard !z.isEmpty else { throw group.error("holds no vectors") }
        if let index = z.firstIndex(where: { !$0.isFinite }) { throw group.error("number \(index % size) of vector \(index / size) is not finite") }
    }

    /// The median of each class, and the classes. Throws `HDF5Error` where there are no labels, or other vectors than `size` numbers long.
    public static func medians(_ file: StoredFile, split: String? = nil, epoch: Int? = nil, size: Int) throws -> (vectors: LatentVectors, classes: [UInt16]) {
        let stored = try StoredLatents(file, split: split, epoch: epoch)
        let group = try file.root.group((epoch.map { "epochs/\(EpochSnapshot.name($0))/" } ?? "") + "latents/\(stored.split)")
        guard stored.size == size else { throw group.error("holds vectors of \(stored.size) numbers; the model's latent has \(size)") }
        guard let labels = stored.labels else { throw group.error("has no labels, so there are no classes to take medians of") }
        return LatentVectors.medians(of: stored.z, size: size, labels: labels)
    }
}

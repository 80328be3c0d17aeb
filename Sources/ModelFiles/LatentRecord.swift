import HDF5Files
import Images
import Models

/// /latents/<split>: the latents of a data set.
public struct LatentRecord {
    public let split: String
    public let latents: Latents
    /// [n]; nil where the data have no labels.
    public let labels: [UInt8]?

    public init(split: String, latents: Latents, labels: [UInt8]?) { (self.split, self.latents, self.labels) = (split, latents, labels) }

    /// The latents (z = mu) of all images.
    public init(split: String, of images: ImageSet, _ inference: Inference) {
        let latents = images.withPixels(0..<images.count) { inference.encode($0, labels: images.labels) }
        self.init(split: split, latents: latents, labels: images.labels)
    }

    /// Adds the record to /latents, which is made if need be.
    func write(to root: Group) throws {
        let all = try root.contains("latents") ? root.group("latents") : root.add("latents", .latents)
        let group = try all.add(split, .latents), shape = [latents.count, latents.size]
        try group.add(latents.z, shape: shape, as: "z")
        if !latents.mu.isEmpty {
            try group.add(latents.mu, shape: shape, as: "mu")
            try group.add(latents.logvar, shape: shape, as: "logvar")
        }
        if let labels { try group.add(labels, as: "label") }
    }

    /// The split whose latents a file is for: the test split, or the only one.
    static func usualSplit(_ root: Group) throws -> String {
        let names = try root.contains("latents") ? root.group("latents").names() : []
        return names.count == 1 ? names[0] : Split.test.rawValue
    }

    /// The z [n, d] and the labels [n] of a split in the file. Throws `HDF5Error`.
    public static func read(_ root: Group, split: String) throws -> (z: [Float], size: Int, labels: [UInt8]?) {
        let group = try root.group("latents/\(split)"), dataset = try group.dataset("z")
        guard dataset.shape.count == 2, dataset.shape[1] > 0 else { throw dataset.error("has shape \(dataset.shape), not [n, d]") }
        let labels: [UInt8]? = try group.contains("label") ? group.values("label", shape: [dataset.shape[0]]) : nil
        return (try group.values("z"), dataset.shape[1], labels)
    }
}

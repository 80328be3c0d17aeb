import HDF5Library
import HDF5Types
import Images
import Networks

/// /latents/<split>: z [N, d], mu and logvar [N, d] of a variational network, and labels [N].
public enum LatentRecord {
    /// Encodes images chunk by chunk, in memory that does not grow with their number.
    /// - Parameter sampling: the noise of sampled latents; nil for z = mu.
    public static func write(_ images: ImageStream, _ inference: Inference, split: Split, sampling: Sampling? = nil, to root: Group) throws {
        let all = try root.contains("latents") ? root.group("latents") : root.add("latents", .latents)
        let group = try all.add(split.rawValue, .latents), model = inference.network.description, shape = [images.count, model.latentCount]
        let z = try group.addRows("z", of: Float.self, shape: shape)
        let heads = model.isVariational ? (mu: try group.addRows("mu", of: Float.self, shape: shape), logvar: try group.addRows("logvar", of: Float.self, shape: shape)) : nil
        var labels: LabelRecord.Writer?
        try forEachChunk(images, inference, sampling: sampling) { set, latents in
            try z.append(set.count, latents.z)
            try heads?.mu.append(set.count, latents.mu)
            try heads?.logvar.append(set.count, latents.logvar)
            guard let values = set.labels else { return }
            if labels == nil { labels = try LabelRecord.Writer(group, count: images.count, classNames: set.classNames) }
            try labels?.append(values)
        }
        try z.finish()
        try heads?.mu.finish()
        try heads?.logvar.finish()
        try labels?.finish()
    }

    /// The latents of all images, chunk by chunk.
    public static func forEachChunk(_ images: ImageStream, _ inference: Inference, sampling: Sampling?, body: (ImageSet, Latents) throws -> Void) throws {
        let chunk = Inference.chunk(inference.network.description.inputCount)
        while true {
            let first = images.position
            guard let set = try images.next(chunk) else { return }
            let noise = sampling.map { Sampling(seed: $0.seed, first: $0.first + first) }
            try body(set, set.withPixels { inference.encode($0, labels: set.labels, sampling: noise) })
        }
    }

    /// The split whose latents a file is for: the test split, or the only one.
    public static func usualSplit(_ root: some ReadableGroup) throws -> String {
        let names = try root.contains("latents") ? root.group("latents").names() : []
        return names.count == 1 ? names[0] : Split.test.rawValue
    }

    /// The z [n, d] and the labels [n] of a split in the file. Throws `HDF5Error`.
    public static func read(_ root: some ReadableGroup, split: String) throws -> (z: [Float], size: Int, labels: [UInt16]?) {
        let group = try root.group("latents/\(split)"), dataset = try group.dataset("z")
        guard dataset.shape.count == 2, dataset.shape[1] > 0 else { throw dataset.error("has shape \(dataset.shape), not [n, d]") }
        return (try group.values("z"), dataset.shape[1], try LabelRecord.read(group, count: dataset.shape[0]))
    }
}

extension ImageSet {
    /// The images as a network takes them.
    public func withPixels<Result>(_ body: (Pixels) throws -> Result) rethrows -> Result {
        switch values {
        case .bytes(let bytes): try bytes.withUnsafeBufferPointer { try body(.bytes($0, count: count)) }
        case .floats(let floats): try floats.withUnsafeBufferPointer { try body(.floats($0, count: count)) }
        }
    }
}

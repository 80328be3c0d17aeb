import HDF5Library
import HDF5Types
import Images
import Networks

/// /latents/<split>: z [N, d], mu and logvar [N, d] of a variational network, and labels [N].
public enum LatentRecord {
    /// Takes the latents of some images and, for all images or none, their labels [n] with the names of all classes.
    public typealias Append = (_ latents: Latents, _ labels: [UInt16]?, _ classNames: [String]) throws -> Void

    /// Writes the latents of `count` images under the name of a split, which `body` appends some at a time.
    public static func write(_ count: Int, of model: ModelDescription, split: String, to root: Group, body: (_ append: Append) throws -> Void) throws {
        let all = try root.contains("latents") ? root.group("latents") : root.add("latents", .latents)
        let group = try all.add(split, .latents), shape = [count, model.latentCount]
        let z = try group.addRows("z", of: Float.self, shape: shape)
        let heads = model.isVariational ? (mu: try group.addRows("mu", of: Float.self, shape: shape), logvar: try group.addRows("logvar", of: Float.self, shape: shape)) : nil
        let labels = LabelRecord.Writer(group, count: count)
        try body { latents, known, classNames in
            try z.append(latents.count, latents.z)
            try heads?.mu.append(latents.count, latents.mu)
            try heads?.logvar.append(latents.count, latents.logvar)
            try labels.append(known, classNames)
        }
        try z.finish()
        try heads?.mu.finish()
        try heads?.logvar.finish()
        try labels.finish()
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

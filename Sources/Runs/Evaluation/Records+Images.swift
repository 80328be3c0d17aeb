import HDF5Library
import Images
import ModelFiles
import Networks

extension LatentRecord {
    /// Encodes images and writes their latents under /latents/<split>, in memory that does not grow with their number.
    ///
    /// - Parameter sampling: the noise of sampled latents; nil for z = mu.
    /// - Throws: `ImageError`, `HDF5Error`.
    public static func write(_ images: ImageStream, _ inference: Inference, split: Split, sampling: Sampling? = nil, to root: Group) throws {
        try write(images.count, of: inference.network.description, split: split.rawValue, to: root) { append in
            try inference.encode(images, sampling: sampling) { set, latents in try append(latents, set.labels, set.classNames) }
        }
    }
}

extension ReconstructionRecord {
    /// Reconstructs images and writes what becomes of them under /reconstructions/<split>, in memory that does not grow with their number.
    ///
    /// - Parameters:
    ///   - sampling: the noise of sampled latents; nil for z = mu.
    ///   - each: is given some images and their reconstructions [n][channels][height][width], for measures on the way.
    /// - Throws: `ImageError`, `HDF5Error`.
    public static func write(_ images: ImageStream, _ inference: Inference, split: Split, sampling: Sampling? = nil, to root: Group,
                             each: (ImageSet, UnsafeBufferPointer<Float>) throws -> Void = { _, _ in }) throws {
        try write(images.count, inference.network.description.inputShape, split: split.rawValue, to: root) { append in
            try inference.reconstruct(images, sampling: sampling) { set, values in
                try append(values, set.labels, set.classNames)
                try each(set, values)
            }
        }
    }
}

extension EpochSnapshot {
    /// What a run keeps of an epoch: its weights, and what the network makes of images.
    ///
    /// - Parameters:
    ///   - images: those of the test split.
    ///   - inference: the network as it is after this epoch.
    public init(epoch: Int, parts: Set<Recording.Part>, images: PreparedImages, inference: Inference) {
        self.init(epoch: epoch) { group in
            if parts.contains(.weights) { try ModelRecord.writeWeights(inference.network, to: group) }
            guard !inference.network.description.isReader else { return }
            if parts.contains(.latents) { try LatentRecord.write(ImageStream(images), inference, split: .test, to: group) }
            if parts.contains(.reconstructions) { try ReconstructionRecord.write(ImageStream(images), inference, split: .test, to: group) }
        }
    }
}

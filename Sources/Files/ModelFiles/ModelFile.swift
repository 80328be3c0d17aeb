import HDF5Reader
import Images
import Networks

/// Saves model files.
public enum ModelFile {
    /// Replaces the file at `path` by one with this network, its training and its latents, whole or not at all. Equal contents give equal bytes.
    ///
    /// - Parameters:
    ///   - preprocess: what was done to the images; nil where they had the network's shape.
    ///   - components: the analysis that the network stands for; nil for a network that was trained.
    ///   - latents: the test split's images, and the network that encodes them; nil for no latents.
    ///   - snapshot: what to keep of the epoch that has just ended; nil for nothing.
    ///   - previous: a file whose recorded epochs are kept.
    /// - Throws: `SystemError` or `HDF5Error`; the file that stood there is then as it was.
    public static func save(_ network: Network, _ preprocess: PreprocessRecord? = nil, training: TrainingRecord?, components: ComponentRecord? = nil, latents: (images: ImageStream, inference: Inference)? = nil,
                            snapshot: EpochSnapshot? = nil, previous: String? = nil, to path: String) throws {
        let earlier = try previous.map { try StoredFile($0) }
        try StoredFile.replace(path, kind: .model) { root in
            try ModelRecord.write(network, preprocess ?? PreprocessRecord(network.description.inputShape), to: root)
            try components?.write(to: root)
            try training?.write(network, to: root)
            if let latents { try LatentRecord.write(latents.images, latents.inference, split: .test, to: root) }
            if let snapshot {
                try snapshot.write(to: root, after: earlier?.root)
            } else if let earlier, earlier.root.contains("epochs") {
                try root.copy("epochs", of: earlier.root)
            }
        }
    }
}

import HDF5Library
import HDF5Reader
import Networks

/// Saves model files.
public enum ModelFile {
    /// Replaces the file at `path` by one with this network, its training and its latents, whole or not at all. Equal contents give equal bytes.
    ///
    /// - Parameters:
    ///   - preprocess: what was done to the images; nil where they had the network's shape.
    ///   - components: the analysis that the network stands for; nil for a network that was trained.
    ///   - latents: adds the latents of the test split, as `LatentRecord` does; nil for none.
    ///   - snapshot: what to keep of the epoch that has just ended; nil for nothing.
    ///   - previous: a file whose recorded epochs are kept.
    /// - Throws: `SystemError` or `HDF5Error`; the file that stood there is then as it was.
    public static func save(_ network: Network, _ preprocess: PreprocessRecord? = nil, training: TrainingRecord?, components: ComponentRecord? = nil,
                            latents: ((_ root: Group) throws -> Void)? = nil,
                            snapshot: EpochSnapshot? = nil, previous: String? = nil, to path: String) throws {
        let earlier = try previous.map { try StoredFile($0) }
        try StoredFile.replace(path, kind: .model) { root in
            try ModelRecord.write(network, preprocess ?? PreprocessRecord(network.description.inputShape), to: root)
            try components?.write(to: root)
            try training?.write(network, to: root)
            try latents?(root)
            if let snapshot {
                try snapshot.write(to: root, after: earlier?.root)
            } else if let earlier, earlier.root.contains("epochs") {
                try root.copy("epochs", of: earlier.root)
            }
        }
    }
}

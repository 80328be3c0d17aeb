import HDF5Files
import Models

/// Saves model files.
public enum ModelFile {
    /// Replaces the file at `path` by one with this network, its training and its latents, whole or not at all. Equal contents give equal bytes.
    ///
    /// Throws `SystemError` or `HDF5Error`; the file that stood there is then as it was.
    public static func save(_ network: Network, training: TrainingRecord?, latents: [LatentRecord] = [], to path: String) throws {
        try StoredFile.replace(path, kind: .model) { root in
            try ModelRecord.write(network, to: root)
            try training?.write(network, to: root)
            for record in latents { try record.write(to: root) }
        }
    }
}

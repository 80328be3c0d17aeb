import ModelFiles

public enum Version {
    /// What `--version` prints.
    public static let text = "\(Schema.creator) (file schema \(Schema.version))"
}

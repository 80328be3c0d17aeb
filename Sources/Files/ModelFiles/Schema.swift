import SystemFiles
import Texts

/// The names and versions of the file format; `Schemas/` specifies it.
public enum Schema {
    public static let format = "aekit"
    public static let version = SchemaVersion(major: 1, minor: 1)
    /// The creator that files name. It holds no build number, so that equal runs give equal bytes.
    public static let creator = "aekit 1.1"
    /// Features that a reader must know to read a file right.
    public static let knownFeatures: Set<String> = [imagesFeature, layersFeature]

    /// Why a file of this version that requires these features cannot be read; nil where it can. Both versions are named.
    static func refusal(of text: String, requiring features: [String]) -> String? {
        guard let other = SchemaVersion(text) else { return "schema_version '\(text.printable)' is not two numbers" }
        guard other.major == version.major else { return "has schema \(other); this aekit reads schema \(version)" }
        let unknown = features.first { !$0.isEmpty && !knownFeatures.contains($0) }
        return unknown.map { "requires '\($0.printable)' of schema \(other), which this aekit's schema \(version) does not know" }
    }

    /// What a file is for.
    public enum Kind: String, Sendable, CaseIterable {
        case model, latents, reconstructions
    }

    /// The attribute that tells what an element is, and the version of that encoding.
    public static let encodingType = "encoding-type", encodingVersion = "encoding-version"
    public static let digest = "sha256"

    /// The encodings of elements. Each group and each dataset names its own.
    public enum Encoding: String, Sendable, CaseIterable {
        case file, model, weights, preprocess, training, history, state, moments, latents, reconstructions, scores, score, components, epochs, epoch, schema, seal, names
        /// Datasets of numbers and of text.
        case array, text

        public var version: String { "1.0" }
    }
}

/// A format's version: a reader of one major version reads all minor ones up to its own, and later ones with a warning.
public struct SchemaVersion: Sendable, Equatable, CustomStringConvertible {
    public let major: Int, minor: Int

    public init(major: Int, minor: Int) { (self.major, self.minor) = (major, minor) }

    public init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]), major >= 0, minor >= 0 else { return nil }
        self.init(major: major, minor: minor)
    }

    public var description: String { "\(major).\(minor)" }
}

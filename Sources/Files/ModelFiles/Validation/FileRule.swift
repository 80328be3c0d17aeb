import SystemFiles
import Texts

/// What an aekit file keeps to besides HDF5Reader's rules of its bytes. Each rule has a name, which messages give.
public enum FileRule: String, CaseIterable, Sendable {
    /// The format's version and the features that the file requires are known.
    case version
    /// The seal matches the metadata, and each dataset's SHA-256 its bytes.
    case seal, digest
    /// A group has what the schema requires of it; a file has what its kind is about.
    case missing
    /// A group stands where the schema has one, and a dataset likewise.
    case element
    case encoding, attribute, type, shape
    /// Numbers and texts are within what the schema allows.
    case values
    /// The list of layers makes a network.
    case layers
    /// Weights and moments are those of the layers, in their shapes, and nothing else.
    case tensors
    /// Epochs are numbered from 1, and as many as are said to be done; steps likewise.
    case epochs
    /// Latents have the network's size, and mu and log-variance where it is variational.
    case latents
    /// Labels are classes of the network.
    case labels
    /// A score's numbers are those of its confusion matrix.
    case scores
}

/// A rule that a file breaks.
public struct Violation: Equatable, Sendable, CustomStringConvertible {
    /// The path of the object where it does, an attribute's name after an `@`; `/` for the file itself.
    public let object: String
    /// The name of a rule of `FileRule` or of HDF5Reader's `Rule`.
    public let rule: String
    /// What is wrong, in a few words.
    public let reason: String

    public init(object: String, rule: String, reason: String) { (self.object, self.rule, self.reason) = (object, rule, reason) }

    /// One line: `/object: rule: what is wrong`.
    public var description: String { "\(object): \(rule): \(reason)" }
}

/// A file that breaks rules.
public struct ValidationError: Error, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    public let violations: [Violation]

    /// One line: the first violation, and how many more there are.
    public var description: String {
        let more = violations.count > 1 ? " (and \(violations.count - 1) more)" : ""
        return "\(file):\(violations[0])\(more)".printable
    }
}

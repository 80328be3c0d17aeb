import SystemFiles
import Texts

/// A rule that a file violates.
public struct Problem: Equatable, Sendable {
    public let rule: Rule
    /// The path of the object where it does; `/` for the file itself.
    public let object: String

    public init(_ rule: Rule, at object: String) { (self.rule, self.object) = (rule, object) }
}

extension Problem {
    /// What is wrong, in a few words, without rule and object.
    public var what: String {
        switch rule {
        case .regularFile: "is no regular file, as HDF5 needs"
        case .signature: "is not an HDF5 file"
        case .truncated: "is truncated"
        case .trailingBytes: "is damaged: bytes follow its end"
        case let rule where rule.isDamage: "is damaged"
        default: "is HDF5, but not as aekit writes it"
        }
    }
}

/// A file that is not admitted.
public struct VerificationError: Error, Equatable, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    /// The violated rules in the order in which they were met, one at least and `Limits.problems` at most.
    public let problems: [Problem]

    /// What is wrong, in a few words: the first problem.
    public var reason: String {
        let problem = problems[0]
        switch problem.rule {
        case .regularFile, .signature, .truncated, .trailingBytes: return problem.what
        default: return "\(problem.what) (\(problem.rule.rawValue) at \(problem.object))"
        }
    }

    /// One line: `FILE: what is wrong`.
    public var description: String { "\(file): \(reason)".printable }
}

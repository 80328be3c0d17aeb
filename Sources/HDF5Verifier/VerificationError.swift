import SystemFiles

/// A rule that a file violates.
public struct Problem: Equatable, Sendable {
    public let rule: Rule
    /// The path of the object where it does; `/` for the file itself.
    public let object: String

    public init(_ rule: Rule, at object: String) { (self.rule, self.object) = (rule, object) }
}

extension Problem {
    /// What is wrong, in a few words.
    public var reason: String {
        let place = "\(rule.rawValue) at \(object)"
        return switch rule {
        case .regularFile: "is no regular file, as HDF5 needs"
        case .signature: "is not an HDF5 file"
        case .truncated: "is truncated"
        case .trailingBytes: "is damaged: bytes follow its end"
        case let rule where rule.isDamage: "is damaged (\(place))"
        default: "is HDF5, but not as aekit writes it (\(place))"
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
    public var reason: String { problems[0].reason }

    /// One line: `FILE: what is wrong`.
    public var description: String { "\(file): \(reason)".printable }
}

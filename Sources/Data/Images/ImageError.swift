/// Why a data set could not be read, in one line: `PATH: what is wrong`.
public struct ImageError: Error, Equatable, CustomStringConvertible {
    /// Which of the tools' exit codes it asks for.
    public enum Kind: Sendable {
        /// There is no such file or folder (66), the data are not what they should be (65), or the system failed (74).
        case noInput, badData, inputOutput
    }

    public let kind: Kind
    public let path: String
    public let problem: String
    public var description: String { "\(path): \(problem)" }

    init(_ path: String, _ problem: String, kind: Kind = .badData) {
        self.kind = kind
        self.path = path
        self.problem = problem
    }
}

import SystemFiles
import Texts

/// What is wrong in a YAML file, in one line: `PATH:LINE: problem`.
public struct YAMLError: Error, CustomStringConvertible, Equatable {
    public let path: String
    /// From 1.
    public let line: Int
    public let problem: String

    public init(_ path: String, line: Int, _ problem: String) { (self.path, self.line, self.problem) = (path, line, problem) }

    public var description: String { "\(path.printable):\(line): \(problem)" }
}

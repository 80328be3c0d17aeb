import SystemFiles
import Texts

/// Why a file's vectors could not be read, in one line: `PATH: what is wrong`.
public struct VectorFileError: Error, Equatable, CustomStringConvertible {
    public let path: String
    public let problem: String
    public var description: String { "\(path): \(problem)".printable }

    init(_ path: String, _ problem: String) { (self.path, self.problem) = (path, problem) }
}

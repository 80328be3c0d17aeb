import ModelFiles
import SystemFiles
import Texts
import ToolSupport

/// What differs between two files, for a user or a program.
struct Differences {
    let first: String, second: String
    private let comparison: FileComparison

    /// Throws what opening the files throws.
    init(_ first: String, _ second: String, _ tolerance: FileComparison.Tolerance) throws {
        (self.first, self.second) = (first, second)
        comparison = try FileComparison(StoredFile(first).verified, StoredFile(second).verified, tolerance)
    }

    var isEmpty: Bool { comparison.differences.isEmpty }

    /// A line a difference; one that there is none.
    var text: String {
        isEmpty ? "\(first.printable) and \(second.printable) are equal" : comparison.differences.map { "\($0)".printable }.joined(separator: "\n")
    }

    var json: JSON {
        .object([
            ("first", .string(first)), ("second", .string(second)), ("equal", .bool(isEmpty)),
            ("differences", .array(comparison.differences.map {
                .object([("object", .string($0.object)), ("kind", .string($0.kind.rawValue)), ("reason", .string($0.reason))])
            })),
        ])
    }
}

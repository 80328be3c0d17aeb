import HDF5Reader
import Platform
import SystemFiles

/// All that is wrong with a file: its bytes, its seal, every dataset's digest, every element of the schema, and what must agree with what.
///
/// libhdf5 takes no part in it. Memory does not grow with the datasets.
public struct Validation {
    /// In the order of the file's objects, `largest` at most; none for a valid file.
    public private(set) var violations: [Violation] = []
    /// What the file holds; nil where its bytes are not as aekit writes them.
    let file: VerifiedFile?

    /// Violations that are reported.
    public static let largest = 1000

    public var isValid: Bool { violations.isEmpty }
    public var objectCount: Int { file?.objects.count ?? 0 }

    /// Validates the file at `path`. Throws `SystemError` where it cannot be read.
    public init(_ path: String) throws { try self.init { try VerifiedFile(path: path) } }

    /// Validates bytes in memory. Throws nothing: they can be read.
    public init(_ bytes: [UInt8]) throws { try self.init { try VerifiedFile(bytes, named: "") } }

    private init(_ open: () throws -> VerifiedFile) throws {
        do {
            file = try open()
        } catch let error as VerificationError {
            file = nil
            for problem in error.problems { note(problem.object, problem.rule.rawValue, problem.what) }
        }
        if let file { try check(file) }
    }

    private mutating func check(_ file: VerifiedFile) throws {
        // Of a file of another format or version no more can be said.
        guard checkHeader(file) else { return }
        if let flaw = try Seal.flaw(file) { note("/", .seal, flaw) }
        var sizes = SharedSizes()
        for object in file.objects { try check(object, file, &sizes) }
        try checkConsistency(file)
    }

    /// Whether the file is one of aekit's, of a version that can be read.
    private mutating func checkHeader(_ file: VerifiedFile) -> Bool {
        guard file.text("/", "format") == Schema.format else {
            note("/", .values, "is an HDF5 file, but not one of aekit's")
            return false
        }
        guard let version = file.text("/", "schema_version"), let features = file["/"]?.attribute("required_features")?.texts else {
            note("/", .attribute, "has no schema_version or no required_features")
            return false
        }
        guard let refusal = Schema.refusal(of: version, requiring: features) else { return true }
        note("/", .version, refusal)
        return false
    }

    /// The names of the members of the group at `path`.
    func members(_ path: String) -> [String] { file?.members(path) ?? [] }

    mutating func note(_ object: String, _ rule: FileRule, _ reason: String) { note(object, rule.rawValue, reason) }

    private mutating func note(_ object: String, _ rule: String, _ reason: String) {
        if violations.count < Self.largest { violations.append(Violation(object: object, rule: rule, reason: reason)) }
    }
}

extension VerifiedFile {
    /// A scalar attribute of text, of one integer, and of one number; nil where there is none of that type and shape.
    func text(_ path: String, _ name: String) -> String? { scalar(path, name)?.texts?.first }
    func integer(_ path: String, _ name: String) -> Int? { (scalar(path, name)?.numbers(as: Int64.self)?.first).map { Int($0) } }
    func number(_ path: String, _ name: String) -> Double? { scalar(path, name)?.numbers(as: Double.self)?.first }

    private func scalar(_ path: String, _ name: String) -> VerifiedAttribute? {
        self[path]?.attribute(name).flatMap { $0.shape.isEmpty ? $0 : nil }
    }
}

import HDF5Library
import HDF5Reader
import HDF5Types
import Platform
import SystemFiles

/// An aekit file that is open to be read: every byte outside its datasets has been verified, its format, version and seal have been checked.
public final class StoredFile {
    public let path: String
    public let root: StoredGroup
    public let version: SchemaVersion
    public let kind: Schema.Kind
    public let verified: VerifiedFile

    /// Throws `SystemError` for a file that cannot be read, `VerificationError` for one that aekit did not write or that is damaged, and `HDF5Error`
    /// for one that is no aekit file, or is newer than this version.
    public init(_ path: String) throws {
        self.path = path
        verified = try VerifiedFile(path: path)
        root = verified.root
        guard root.hasAttribute("format"), try root.attribute("format") == Schema.format else {
            throw root.error("is an HDF5 file, but not one of aekit's")
        }
        let text: String = try root.attribute("schema_version")
        if let refusal = Schema.refusal(of: text, requiring: try root.attribute("required_features")) { throw root.error(refusal) }
        guard let version = SchemaVersion(text) else { preconditionFailure("a version that is none was not refused") }
        self.version = version
        kind = try root.choice("kind")
        try Seal.check(verified, root)
        for object in verified.objects {
            if let element = SchemaTree.whole.element(at: object.path), let flaw = object.encodingFlaw(element) {
                throw HDF5Error(file: path, object: object.path, reason: flaw)
            }
        }
    }

    /// The seal, which tells files apart: it covers all metadata, the datasets' digests among them. Throws `HDF5Error`.
    public var seal: [UInt8] { get throws { try root.values(Seal.name, digested: false) } }

    /// Rewrites a file with all that it holds but the group `replacing`, a path of two names, which `body` writes anew. Throws `SystemError` or `HDF5Error`;
    /// the file is then as it was.
    public static func update(_ path: String, replacing: String, body: (Group) throws -> Void) throws {
        let old = try StoredFile(path), names = replacing.split(separator: "/").map(String.init)
        try replace(path, kind: old.kind) { root in
            for name in old.root.names() where name != "schema" && name != Seal.name {
                guard name == names[0] else { try root.copy(name, of: old.root); continue }
                let source = try old.root.group(name), target = try root.createGroup(name)
                for attribute in [Schema.encodingType, Schema.encodingVersion] {
                    try target.setAttribute(attribute, to: source.attribute(attribute, as: String.self))
                }
                for child in source.names() where child != names[1] { try target.copy(child, of: source) }
            }
            try body(root)
        }
    }

    /// Replaces the file at `path` by a sealed one that `body` fills, whole or not at all.
    ///
    /// - Parameter source: the file that the new one is made from, where it is no better than that: it is validated, and refused in that file's name.
    /// - Throws: `SystemError`, `HDF5Error` or `ValidationError`; and what `body` throws.
    public static func replace(_ path: String, kind: Schema.Kind, validating source: String? = nil, body: (Group) throws -> Void) throws {
        try AtomicFile.replace(path) { temporary in
            let file = try File(creating: temporary, named: path)
            try file.root.mark(.file)
            try file.root.setAttribute("format", to: Schema.format)
            try file.root.setAttribute("schema_version", to: Schema.version.description)
            try file.root.setAttribute("kind", to: kind.rawValue)
            try file.root.setAttribute("creator", to: Schema.creator)
            try file.root.setAttribute("required_features", to: [""])
            try body(file.root)
            try file.root.add([Schema.text], as: "schema")
            let seal = try file.root.write([UInt8](repeating: 0, count: SHA256.byteCount), shape: [SHA256.byteCount], as: Seal.name)
            try seal.mark(.seal)
            try file.close()
            try Seal.apply(to: temporary, named: path)
            guard let source else { return }
            let violations = try Validation(temporary).violations
            if !violations.isEmpty { throw ValidationError(file: source, violations: violations) }
        }
    }
}

import HDF5Library
import HDF5Reader
import HDF5Types
import Networks
import SystemFiles

/// Rewrites files as aekit writes them.
public enum Rewriting {
    /// Opens an HDF5 file that a user trusts through libhdf5 alone, whatever program wrote it.
    ///
    /// Throws `SystemError`, and `HDF5Error` for one that is not of aekit's format, or of a version that cannot be read.
    public static func openTrusted(_ path: String) throws -> Group {
        let root = try File(reading: path).root
        guard try root.hasAttribute("format"), try root.attribute("format") == Schema.format else { throw root.error("is an HDF5 file, but not one of aekit's") }
        if let refusal = Schema.refusal(of: try root.attribute("schema_version"), requiring: try root.attribute("required_features")) { throw root.error(refusal) }
        let objects = try root.objects()
        guard objects.count < Limits.objects else { throw root.error("holds \(objects.count) objects, above \(Limits.objects)") }
        if let foreign = objects.first(where: { $0.kind != .group && $0.kind != .dataset }) {
            throw HDF5Error(file: path, object: "/\(foreign.path)", reason: foreign.kind == .namedType ? "is a type, which is not rewritten" : "is a link, which is not followed")
        }
        return root
    }

    /// Replaces the file at `path` by one with all that `root` holds: valid, or not at all.
    ///
    /// Throws `SystemError`, `HDF5Error`, and `ValidationError` where what `root` holds breaks a rule.
    public static func rewrite(_ root: some ReadableGroup, to path: String) throws {
        try StoredFile.replace(path, kind: root.choice("kind"), validating: root.place.file) { target in
            let written = try Set(target.attributeNames())
            for name in try root.attributeNames() where !written.contains(name) { try copyAttribute(name, of: root, to: target, as: nil) }
            for name in try root.names() where name != "schema" && name != Seal.name { try copy(name, of: root, to: target, path: "/\(name)") }
        }
    }

    private static func copy(_ name: String, of source: some ReadableGroup, to target: Group, path: String) throws {
        let element = SchemaTree.whole.element(at: path)
        if try source.holdsDataset(name) {
            let dataset = try source.dataset(name)
            let copy = try DatasetCopy(dataset, element).write(name, to: target)
            for attribute in try dataset.attributeNames() where attribute != Schema.digest { try copyAttribute(attribute, of: dataset, to: copy, as: nil) }
            return
        }
        let group = try source.group(name), made = try target.createGroup(name)
        for attribute in try group.attributeNames() {
            try copyAttribute(attribute, of: group, to: made, as: element?.attributes.first { $0.name == attribute }?.type)
        }
        for member in try group.names() { try copy(member, of: group, to: made, path: "\(path)/\(member)") }
    }

    /// Copies an attribute, in the schema's type where there is one and the values fit.
    private static func copyAttribute(_ name: String, of source: some ReadableObject, to target: some HDF5Object, as type: String?) throws {
        let attribute = try source.openAttribute(name), isList = !attribute.shape.isEmpty
        func store<Number: HDF5Element>(_: Number.Type) throws {
            if isList { try target.setAttribute(name, to: source.attribute(name, as: [Number].self)) } else { try target.setAttribute(name, to: source.attribute(name, as: Number.self)) }
        }
        switch (type ?? attribute.elementType.schemaName, attribute.elementType) {
        case (_, .string), (_, .variableString):
            if isList { try target.setAttribute(name, to: source.attribute(name, as: [String].self)) } else { try target.setAttribute(name, to: source.attribute(name, as: String.self)) }
        case ("int64", _): try store(Int64.self)
        case ("float64", _): try store(Double.self)
        case ("float32", _): try store(Float.self)
        case ("uint8", _): try store(UInt8.self)
        case ("uint64", _): try store(UInt64.self)
        case (_, let other): throw attribute.place.error("is \(other), which is not rewritten")
        }
    }
}

/// Copies a dataset, in the schema's type where there is one and the values fit.
private struct DatasetCopy<Source: ReadableDataset> {
    let source: Source, type: String

    init(_ source: Source, _ element: SchemaElement?) throws {
        self.source = source
        let own = source.elementType.schemaName
        guard case .dataset(let types, _)? = element?.kind else { type = own; return }
        type = types.contains(own) ? own : types[0]
    }

    func write(_ name: String, to target: Group) throws -> Dataset {
        switch (type, source.elementType) {
        case (_, .string), (_, .variableString):
            guard source.shape.count == 1, source.byteCount <= ModelRecord.largestText else { throw source.error("is text of shape \(source.shape), which is not rewritten") }
            try target.add(source.texts(), as: name)
        case ("float32", _): try numbers(Float.self, name, to: target)
        case ("float64", _): try numbers(Double.self, name, to: target)
        case ("int64", _): try numbers(Int64.self, name, to: target)
        case ("uint8", _): try numbers(UInt8.self, name, to: target)
        case ("uint64", _): try numbers(UInt64.self, name, to: target)
        case (_, let other): throw source.error("is \(other), which is not rewritten")
        }
        let copy = try target.dataset(name)
        // The digest is of the bytes as aekit has them, so that it outlasts compression and other layouts.
        if try source.hasAttribute(Schema.digest), try source.attribute(Schema.digest, as: [UInt8].self) != copy.attribute(Schema.digest, as: [UInt8].self) {
            throw source.error("is damaged: its bytes do not match its SHA-256; without that attribute they are taken as they are")
        }
        return copy
    }

    /// Copies numbers some rows at a time.
    private func numbers<Number: HDF5Element>(_: Number.Type, _ name: String, to target: Group) throws {
        guard let rows = source.shape.first else { return try target.add(source.read(as: Number.self), shape: [], as: name) }
        let size = source.shape.dropFirst().reduce(1, *)
        guard size <= ModelDescription.largest else { throw source.error("has rows of \(size) numbers, above \(ModelDescription.largest)") }
        let writer = try target.addRows(name, of: Number.self, shape: source.shape), step = max(1, (1 << 18) / max(1, size))
        for first in stride(from: 0, to: size == 0 ? 0 : rows, by: step) {
            let range = first..<min(rows, first + step)
            let values = try [Number](unsafeUninitializedCapacity: range.count * size) { buffer, count in
                try source.read(rows: range, into: UnsafeMutableBufferPointer(rebasing: buffer[..<(range.count * size)]))
                count = range.count * size
            }
            try writer.append(range.count, values)
        }
        try writer.finish()
    }
}

extension ElementType {
    /// The schema's type of such elements, of the kinds that hold every value.
    fileprivate var schemaName: String {
        switch self {
        case .float32, .otherFloat(byteCount: 2), .otherFloat(byteCount: 4): "float32"
        case .float64, .otherFloat(byteCount: 8): "float64"
        case .uint8: "uint8"
        case .uint64, .otherInteger(byteCount: 8, isSigned: false): "uint64"
        case .int8, .int16, .int32, .int64, .uint16, .uint32, .otherInteger: "int64"
        case .string, .variableString: "text"
        default: "\(self)"
        }
    }
}

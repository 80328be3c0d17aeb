import HDF5Reader
import HDF5Types
import SystemFiles
import Texts

extension Validation {
    /// Checks one object: what it must say of itself, its schema element, and its bytes.
    mutating func check(_ object: VerifiedObject, _ file: VerifiedFile, _ sizes: inout SharedSizes) throws {
        let element = SchemaTree.whole.element(at: object.path)
        if let flaw = object.encodingFlaw(element) { note(object.path, .encoding, flaw) }
        for name in SchemaTree.whole.required(in: object.path) where file["\(object.path == "/" ? "" : object.path)/\(name)"] == nil {
            note(object.path, .missing, "has no \(name)")
        }
        guard let element else {
            // Something of a later minor version, or the user's own.
            if let dataset = object.dataset { try check(dataset, .any, of: object, file) }
            return
        }
        for attribute in element.attributes { check(attribute, of: object) }
        switch (element.kind, object.dataset) {
        case (.group, nil): return
        case (.group, _): note(object.path, .element, "is a dataset, not a group")
        case (.dataset, nil): note(object.path, .element, "is a group, not a dataset")
        case (.dataset(let types, let axes), let dataset?):
            if !types.contains(dataset.type.name) { note(object.path, .type, "is \(dataset.type.name), not \(types.joined(separator: " or "))") }
            if let axes, let flaw = sizes.flaw(dataset.shape, axes, at: object.path) { note(object.path, .shape, flaw) }
            try check(dataset, types.contains(dataset.type.name) ? element.values : .any, of: object, file)
        }
    }

    private mutating func check(_ expected: SchemaElement.Attribute, of object: VerifiedObject) {
        let place = "\(object.path)@\(expected.name)"
        guard let attribute = object.attribute(expected.name) else { return expected.isOptional ? () : note(place, .attribute, "is missing") }
        let fits = attribute.shape.count == expected.shape.count && zip(attribute.shape, expected.shape).allSatisfy { Int($1) == nil || Int($1) == $0 }
        guard attribute.type.name == expected.type, fits else {
            return note(place, .attribute, "is \(attribute.type.name) of shape \(attribute.shape), not \(expected.type) of shape [\(expected.shape.joined(separator: ", "))]")
        }
        if case .string = attribute.type {
            guard let texts = attribute.texts else { return note(place, .values, "is not UTF-8 filled up with zeros") }
            guard case .choices(let choices) = expected.values, let other = texts.first(where: { !choices.contains($0) }) else { return }
            return note(place, .values, "is '\(other.printable)', not \(expected.values)")
        }
        let numbers = attribute.numbers(as: Double.self) ?? attribute.numbers(as: Int64.self)?.map { Double($0) } ?? []
        if let other = numbers.first(where: { !expected.values.admits($0) }) { note(place, .values, "is \(SchemaValues.text(other)), not \(expected.values)") }
    }

    /// Checks a dataset's digest and elements.
    private mutating func check(_ dataset: VerifiedDataset, _ values: SchemaValues, of object: VerifiedObject, _ file: VerifiedFile) throws {
        var digest = SHA256(), scan = ElementScan(dataset.type, values)
        try file.forEachChunk(of: dataset) { bytes in
            digest.update(bytes)
            scan.add(bytes)
        }
        if object.path != "/" + Seal.name {
            let recorded: [UInt8]? = object.attribute(Schema.digest).flatMap { $0.shape == [SHA256.byteCount] ? $0.numbers() : nil }
            if let recorded {
                if recorded != digest.finalize() { note(object.path, .digest, "is damaged: its bytes do not match its SHA-256") }
            } else {
                note("\(object.path)@\(Schema.digest)", .attribute, object.attribute(Schema.digest) == nil ? "is missing" : "is not uint8 of shape [32]")
            }
        }
        if scan.count > 0 { note(object.path, .values, "holds \(scan.count) numbers that are not \(values), the first \(scan.first)") }
        guard case .string = dataset.type else { return }
        if dataset.extent.count > ModelRecord.largestText {
            note(object.path, .values, "is \(dataset.extent.count) bytes of text, above \(ModelRecord.largestText)")
        } else if try file.texts(object.path) == nil {
            note(object.path, .values, "is not UTF-8 filled up with zeros")
        }
    }
}

extension VerifiedFile {
    /// Reads a dataset's bytes some at a time, whole elements of numbers.
    func forEachChunk(of dataset: VerifiedDataset, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let size = 1 << 18
        try withUnsafeTemporaryAllocation(byteCount: min(size, max(1, dataset.extent.count)), alignment: 16) { buffer in
            for offset in stride(from: 0, to: dataset.extent.count, by: size) {
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<min(size, dataset.extent.count - offset)])
                try read(dataset, from: offset, into: part)
                try body(UnsafeRawBufferPointer(part))
            }
        }
    }
}

/// Counts elements that are not as they may be.
private struct ElementScan {
    private let type: ElementType, values: SchemaValues
    private(set) var count = 0, first = ""

    init(_ type: ElementType, _ values: SchemaValues) { (self.type, self.values) = (type, values) }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        guard values != .any else { return }
        switch type {
        case .float32: scan(bytes.bindMemory(to: Float.self)) { Double($0) }
        case .float64: scan(bytes.bindMemory(to: Double.self)) { $0 }
        case .int64: scan(bytes.bindMemory(to: Int64.self)) { Double($0) }
        default: break
        }
    }

    private mutating func scan<Number>(_ numbers: UnsafeBufferPointer<Number>, _ value: (Number) -> Double) {
        for number in numbers where !values.admits(value(number)) {
            if count == 0 { first = SchemaValues.text(value(number)) }
            count += 1
        }
    }
}

extension VerifiedObject {
    /// What is wrong with what the object says that it is; nil where nothing is. Both versions are named.
    func encodingFlaw(_ element: SchemaElement?) -> String? {
        guard let type = text(Schema.encodingType), let version = text(Schema.encodingVersion) else {
            return "does not say its \(Schema.encodingType) and \(Schema.encodingVersion)"
        }
        guard let encoding = element?.encoding, encoding.rawValue != type || encoding.version != version else { return nil }
        return "is '\(type.printable) \(version.printable)', where schema \(Schema.version) has '\(encoding.rawValue) \(encoding.version)'"
    }

    /// A scalar attribute of text; nil where there is none.
    private func text(_ name: String) -> String? { attribute(name).flatMap { $0.shape.isEmpty ? $0.texts?.first : nil } }
}

extension ElementType {
    /// The type's name in the schema.
    var name: String {
        if case .string = self { return "text" }
        return "\(self)"
    }
}

import HDF5Files
import SystemFiles
import Texts

extension Group {
    /// Adds a group that says what it is.
    func add(_ name: String, _ encoding: Schema.Encoding) throws -> Group {
        let group = try createGroup(name)
        try group.mark(encoding)
        return group
    }

    /// Adds a dataset with its encoding and the SHA-256 of its bytes.
    func add<Element: HDF5Element>(_ values: UnsafeBufferPointer<Element>, shape: [Int], as name: String) throws {
        let dataset = try write(values, shape: shape, as: name)
        try dataset.mark(.array)
        try dataset.setAttribute(Schema.digest, to: SHA256.digest(UnsafeRawBufferPointer(values)))
    }

    func add<Element: HDF5Element>(_ values: [Element], shape: [Int]? = nil, as name: String) throws {
        try values.withUnsafeBufferPointer { try add($0, shape: shape ?? [values.count], as: name) }
    }

    /// Adds lines of text, each padded with zeros to the longest.
    func add(_ lines: [String], as name: String) throws {
        let dataset = try write(lines, as: name)
        try dataset.mark(.text)
        try dataset.setAttribute(Schema.digest, to: Self.digest(lines, width: lines.map(\.utf8.count).max() ?? 0))
    }

    /// Adds a dataset that is written row by row, from the first to the last.
    func addRows<Element: HDF5Element>(_ name: String, of type: Element.Type, shape: [Int]) throws -> RowWriter<Element> {
        let dataset = try createDataset(name, of: type, shape: shape)
        try dataset.mark(.array)
        return RowWriter(dataset)
    }

    /// The SHA-256 of lines that are stored with `width` bytes each.
    private static func digest(_ lines: [String], width: Int) -> [UInt8] {
        var digest = SHA256()
        for line in lines { digest.update(Array(line.utf8) + [UInt8](repeating: 0, count: max(0, width - line.utf8.count))) }
        return digest.finalize()
    }

    /// The numbers of a dataset of `shape`, after a check of its type, shape and digest; the seal alone has no digest.
    func values<Element: HDF5Element>(_ name: String, shape: [Int]? = nil, digested: Bool = true, as type: Element.Type = Element.self) throws -> [Element] {
        let dataset = try dataset(name)
        guard dataset.elementType == Element.elementType else {
            throw dataset.error("is \(dataset.elementType), not \(Element.elementType)")
        }
        if let shape, dataset.shape != shape { throw dataset.error("has shape \(dataset.shape), not \(shape)") }
        let values = try dataset.read(as: type)
        if digested { try dataset.check(values.withUnsafeBytes { SHA256.digest($0) }) }
        return values
    }

    func lines(_ name: String) throws -> [String] {
        let dataset = try dataset(name)
        let lines = try dataset.texts()
        try dataset.check(Self.digest(lines, width: lines.isEmpty ? 0 : dataset.byteCount / lines.count))
        return lines
    }
}

/// Writes a dataset row by row, and its digest after the last.
final class RowWriter<Element: HDF5Element> {
    private let dataset: Dataset
    private var digest = SHA256(), position = 0

    fileprivate init(_ dataset: Dataset) { self.dataset = dataset }

    func append(_ rows: Int, _ values: UnsafeBufferPointer<Element>) throws {
        try dataset.write(rows: position..<position + rows, from: values)
        digest.update(UnsafeRawBufferPointer(values))
        position += rows
    }

    func append(_ rows: Int, _ values: [Element]) throws { try values.withUnsafeBufferPointer { try append(rows, $0) } }

    func finish() throws { try dataset.setAttribute(Schema.digest, to: digest.finalize()) }
}

/// Reads a dataset row by row, and checks its digest after the last.
final class RowReader<Element: HDF5Element> {
    let dataset: Dataset
    var count: Int { dataset.shape[0] }
    private var digest = SHA256(), position = 0

    /// Throws `HDF5Error` unless the dataset holds rows of `rowShape`.
    init(_ dataset: Dataset, rowShape: [Int]) throws {
        guard dataset.elementType == Element.elementType else { throw dataset.error("is \(dataset.elementType), not \(Element.elementType)") }
        guard dataset.shape.count == rowShape.count + 1, Array(dataset.shape.dropFirst()) == rowShape else {
            throw dataset.error("has shape \(dataset.shape), not N x \(rowShape)")
        }
        self.dataset = dataset
    }

    /// The next rows into `target`, which has room for them. Throws `HDF5Error`, after the last row also where the digest does not match.
    func read(_ rows: Int, into target: UnsafeMutableBufferPointer<Element>) throws {
        try dataset.read(rows: position..<position + rows, into: target)
        digest.update(UnsafeRawBufferPointer(target))
        position += rows
        if position == count { try dataset.check(digest.finalize()) }
    }
}

extension Dataset {
    /// Throws where the recorded digest is not `actual`.
    func check(_ actual: [UInt8]) throws {
        let recorded: [UInt8] = try attribute(Schema.digest)
        guard recorded == actual else { throw error("is damaged: its bytes do not match its SHA-256") }
    }
}

extension HDF5Object {
    func mark(_ encoding: Schema.Encoding) throws {
        try setAttribute(Schema.encodingType, to: encoding.rawValue)
        try setAttribute(Schema.encodingVersion, to: encoding.version)
    }

    /// An attribute within a range.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int {
        let value: Int64 = try attribute(name)
        guard let integer = Int(exactly: value), range.contains(integer) else { throw error("\(name) is \(value), not within \(range)") }
        return integer
    }

    /// An attribute with one of an enumeration's values.
    func choice<Value: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: Value.Type = Value.self) throws -> Value {
        let text: String = try attribute(name)
        guard let value = Value(rawValue: text) else {
            throw error("\(name) is '\(text.printable)', none of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return value
    }

    func flag(_ name: String) throws -> Bool { try integer(name, in: 0...1) == 1 }
}

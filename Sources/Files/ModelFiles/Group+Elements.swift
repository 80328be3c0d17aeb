import HDF5Library
import HDF5Types
import SystemFiles

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
        try dataset.setAttribute(Schema.digest, to: SHA256.digest(lines, width: lines.map(\.utf8.count).max() ?? 0))
    }

    /// Adds a dataset that is written row by row, from the first to the last.
    func addRows<Element: HDF5Element>(_ name: String, of type: Element.Type, shape: [Int]) throws -> RowWriter<Element> {
        let dataset = try createDataset(name, of: type, shape: shape)
        try dataset.mark(.array)
        return RowWriter(dataset)
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

extension HDF5Object {
    func mark(_ encoding: Schema.Encoding) throws {
        try setAttribute(Schema.encodingType, to: encoding.rawValue)
        try setAttribute(Schema.encodingVersion, to: encoding.version)
    }
}

extension SHA256 {
    /// The digest of lines that are stored with `width` bytes each, padded with zeros.
    static func digest(_ lines: [String], width: Int) -> [UInt8] {
        var digest = SHA256()
        for line in lines { digest.update(Array(line.utf8) + [UInt8](repeating: 0, count: max(0, width - line.utf8.count))) }
        return digest.finalize()
    }
}

import HDF5Reader
import HDF5Types
import SystemFiles
import Texts

extension ReadableGroup {
    /// The numbers of a dataset of `shape`, after a check of its type, shape and digest; the seal alone has no digest.
    func values<Element: HDF5Element>(_ name: String, shape: [Int]? = nil, digested: Bool = true, as type: Element.Type = Element.self) throws -> [Element] {
        let dataset = try dataset(name)
        try dataset.check(Element.self, shape)
        let values = try dataset.read(as: type)
        if digested { try dataset.check(values.withUnsafeBytes { SHA256.digest($0) }) }
        return values
    }

    /// The lines of a dataset of text, after a check of its digest.
    func lines(_ name: String) throws -> [String] {
        let dataset = try dataset(name), lines = try dataset.texts()
        try dataset.check(SHA256.digest(lines, width: lines.isEmpty ? 0 : dataset.byteCount / lines.count))
        return lines
    }
}

/// Reads a dataset row by row, and checks its digest after the last.
final class RowReader<Element: HDF5Element> {
    let dataset: StoredDataset
    var count: Int { dataset.shape[0] }
    private var digest = SHA256(), position = 0

    /// Throws `HDF5Error` unless the dataset holds rows of `rowShape`.
    init(_ dataset: StoredDataset, rowShape: [Int]) throws {
        try dataset.check(Element.self, nil)
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

extension ReadableDataset {
    /// Throws `HDF5Error` where the elements are of another type, or the shape is another one than is given.
    func check<Element: HDF5Element>(_: Element.Type, _ shape: [Int]?) throws(HDF5Error) {
        guard elementType == Element.elementType else { throw place.error("is \(elementType), not \(Element.elementType)") }
        if let shape, self.shape != shape { throw place.error("has shape \(self.shape), not \(shape)") }
    }

    /// Throws where the recorded digest is not `actual`.
    func check(_ actual: [UInt8]) throws {
        let recorded: [UInt8] = try attribute(Schema.digest)
        guard recorded == actual else { throw error("is damaged: its bytes do not match its SHA-256") }
    }
}

extension ReadableObject {
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

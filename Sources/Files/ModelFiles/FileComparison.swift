import HDF5Reader
import HDF5Types
import SystemFiles
import Texts

/// A difference between two files.
public struct FileDifference: Equatable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        /// An object or an attribute of one file alone; a group against a dataset, or another type or shape; other values.
        case missing, form, values
    }

    /// The object's path, an attribute's name after an `@`.
    public let object: String
    public let kind: Kind
    public let reason: String

    /// One line: `/object: what differs`.
    public var description: String { "\(object): \(reason)" }
}

/// What differs between two files: objects, attributes and numbers. Seals and digests, which follow from the rest, are passed over.
public struct FileComparison {
    public private(set) var differences: [FileDifference] = []
    private let a: VerifiedFile, b: VerifiedFile
    private let tolerance: Tolerance

    /// Numbers are equal where |a - b| <= absolute + relative |b|, as NumPy's `allclose` has it, or where both are NaN.
    public struct Tolerance: Sendable {
        public let absolute: Double, relative: Double
        public init(absolute: Double, relative: Double) { (self.absolute, self.relative) = (absolute, relative) }

        func admits(_ a: Double, _ b: Double) -> Bool {
            a == b || (a.isNaN && b.isNaN) || (abs(a - b) <= absolute + relative * abs(b) && b.isFinite)
        }
    }

    /// Compares two files that were verified. Throws `SystemError`.
    public init(_ a: VerifiedFile, _ b: VerifiedFile, _ tolerance: Tolerance) throws {
        (self.a, self.b, self.tolerance) = (a, b, tolerance)
        let paths = Set(a.objects.map(\.path)).union(b.objects.map(\.path)).subtracting(["/" + Seal.name])
        for path in paths.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            switch (a[path], b[path]) {
            case (let object?, let other?): try compare(object, other)
            case (nil, _): note(path, .missing, "only the second file has it")
            case (_, nil): note(path, .missing, "only the first file has it")
            }
        }
    }

    private mutating func note(_ object: String, _ kind: FileDifference.Kind, _ reason: String) {
        differences.append(FileDifference(object: object, kind: kind, reason: reason))
    }

    private mutating func compare(_ object: VerifiedObject, _ other: VerifiedObject) throws {
        for name in Set(object.attributes.map(\.name) + other.attributes.map(\.name)).subtracting([Schema.digest]).sorted() {
            compare(object.attribute(name), other.attribute(name), at: "\(object.path)@\(name)")
        }
        switch (object.dataset, other.dataset) {
        case (nil, nil): return
        case (let first?, let second?):
            guard first.type == second.type, first.shape == second.shape else {
                return note(object.path, .form, "\(first.type.name) \(first.shape) against \(second.type.name) \(second.shape)")
            }
            try compare(first, second, at: object.path)
        case (let first, _): note(object.path, .form, first == nil ? "a group against a dataset" : "a dataset against a group")
        }
    }

    private mutating func compare(_ a: VerifiedAttribute?, _ b: VerifiedAttribute?, at path: String) {
        guard let a, let b else { return note(path, .missing, "only the \(a == nil ? "second" : "first") file has it") }
        guard a.type.name == b.type.name, a.shape == b.shape else { return note(path, .form, "\(a.type.name) \(a.shape) against \(b.type.name) \(b.shape)") }
        if let texts = a.texts, let others = b.texts {
            if texts != others { note(path, .values, "'\(texts.joined(separator: ", ").printable)' against '\(others.joined(separator: ", ").printable)'") }
            return
        }
        var scan = Scan(a.type, tolerance)
        a.bytes.withUnsafeBytes { first in b.bytes.withUnsafeBytes { scan.add(first, $0) } }
        if let text = scan.text { note(path, .values, text) }
    }

    private mutating func compare(_ first: VerifiedDataset, _ second: VerifiedDataset, at path: String) throws {
        var scan = Scan(first.type, tolerance), offset = 0
        var bytes = [UInt8](repeating: 0, count: min(first.extent.count, 1 << 18))
        try a.forEachChunk(of: first) { chunk in
            try bytes.withUnsafeMutableBytes { buffer in
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<chunk.count])
                try b.read(second, from: offset, into: part)
                scan.add(chunk, UnsafeRawBufferPointer(part))
            }
            offset += chunk.count
        }
        if let text = scan.text { note(path, .values, text) }
    }
}

/// Counts the numbers, or bytes of text, that differ.
private struct Scan {
    private let type: ElementType, tolerance: FileComparison.Tolerance
    private var count = 0, differing = 0, largest = 0.0

    init(_ type: ElementType, _ tolerance: FileComparison.Tolerance) { (self.type, self.tolerance) = (type, tolerance) }

    /// What differs; nil where nothing does.
    var text: String? {
        if differing == 0 { return nil }
        if case .string = type { return "the texts differ" }
        return "\(differing) of \(count) numbers differ, by up to \(largest)"
    }

    mutating func add(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) {
        switch type {
        case .float32: compare(a, b, Float.self) { Double($0) }
        case .float64: compare(a, b, Double.self) { $0 }
        case .int8: compare(a, b, Int8.self) { Double($0) }
        case .int16: compare(a, b, Int16.self) { Double($0) }
        case .int32: compare(a, b, Int32.self) { Double($0) }
        case .int64: compare(a, b, Int64.self) { Double($0) }
        case .uint8, .string: compare(a, b, UInt8.self) { Double($0) }
        case .uint16: compare(a, b, UInt16.self) { Double($0) }
        case .uint32: compare(a, b, UInt32.self) { Double($0) }
        case .uint64: compare(a, b, UInt64.self) { Double($0) }
        case .variableString, .otherFloat, .otherInteger, .unsupported: preconditionFailure("a verified file has no elements of type \(type)")
        }
    }

    private mutating func compare<Number: BitwiseCopyable & Equatable>(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, _: Number.Type,
                                                                       _ value: (Number) -> Double) {
        for position in stride(from: 0, to: a.count, by: MemoryLayout<Number>.size) {
            let first = a.loadUnaligned(fromByteOffset: position, as: Number.self), second = b.loadUnaligned(fromByteOffset: position, as: Number.self)
            count += 1
            // Integers too may differ by less than a Double can tell.
            if first == second || ((value(first) != value(second) || value(first).isNaN) && tolerance.admits(value(first), value(second))) { continue }
            differing += 1
            largest = max(largest, abs(value(first) - value(second)))
        }
    }
}

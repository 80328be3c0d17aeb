import HDF5Types

/// A dataset of a verified file: numbers or text in row-major order.
public struct StoredDataset: StoredObject, ReadableDataset {
    public let file: VerifiedFile
    public let object: VerifiedObject
    private let dataset: VerifiedDataset

    init(_ file: VerifiedFile, _ object: VerifiedObject, _ dataset: VerifiedDataset) { (self.file, self.object, self.dataset) = (file, object, dataset) }

    /// The dimensions, the slowest first; [] for a scalar.
    public var shape: [Int] { dataset.shape }
    /// The type of the elements as stored.
    public var elementType: ElementType { dataset.type }
    /// The size of all elements.
    public var byteCount: Int { dataset.extent.count }
    /// The number of elements.
    public var count: Int { byteCount / elementType.byteCount }

    /// The largest dataset in bytes that is read whole; greater ones are read by rows.
    public static let largestWhole = 1 << 34

    /// All elements. Throws `HDF5Error` for elements of another kind, or of values that `Element` cannot hold; floats are rounded. Throws `SystemError`.
    public func read<Element: HDF5Element>(as type: Element.Type) throws -> [Element] {
        try checkWhole()
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            try read(from: 0, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }

    /// All elements into `buffer`, which holds exactly as many. Throws as `read(as:)` does.
    public func read<Element: HDF5Element>(into buffer: UnsafeMutableBufferPointer<Element>) throws {
        precondition(buffer.count == count, "a buffer of \(buffer.count) for \(count) elements")
        try read(from: 0, into: buffer)
    }

    /// The elements of `rows`, of the first dimension, into `buffer`, which holds exactly as many. Throws as `read(as:)` does, and for rows outside.
    public func read<Element: HDF5Element>(rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Element>) throws {
        guard let all = shape.first, rows.lowerBound >= 0, rows.upperBound <= all else {
            throw error("has no rows \(rows.lowerBound) to \(rows.upperBound): its shape is \(shape)")
        }
        let perRow = count / max(1, all)
        precondition(buffer.count == rows.count * perRow, "a buffer of \(buffer.count) for \(rows.count * perRow) elements")
        try read(from: rows.lowerBound * perRow, into: buffer)
    }

    /// The strings of a dataset of text. Throws `HDF5Error` for another type, or bytes that are not UTF-8 filled up with zeros. Throws `SystemError`.
    public func texts() throws -> [String] {
        try checkWhole()
        return try elementType.texts(readBytes(0..<byteCount), at: place)
    }

    /// Some of the elements' bytes, as stored. Throws `SystemError`.
    public func readBytes(_ range: Range<Int>) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: range.count) { buffer, initialized in
            try file.read(dataset, from: range.lowerBound, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<range.count])))
            initialized = range.count
        }
    }

    /// Elements from the one of number `first` on.
    private func read<Element: HDF5Element>(from first: Int, into buffer: UnsafeMutableBufferPointer<Element>) throws {
        try elementType.check(convertsTo: Element.elementType, at: place)
        let size = elementType.byteCount
        if elementType == Element.elementType { return try file.read(dataset, from: first * size, into: UnsafeMutableRawBufferPointer(buffer)) }
        try readBytes(first * size..<(first + buffer.count) * size).withUnsafeBytes { Element.convert($0, of: elementType, into: buffer) }
    }

    private func checkWhole() throws(HDF5Error) {
        guard byteCount <= Self.largestWhole else { throw place.error("\(byteCount) bytes are too many to read at once") }
    }
}

import CHDF5
import HDF5Types

extension Dataset {
    /// The largest dataset in bytes that is read whole; greater ones are read by rows.
    public static let largestWhole = 1 << 34

    /// All elements. Throws `HDF5Error` for elements of another kind, or of values that `Element` cannot hold; floats are rounded.
    public func read<Element: HDF5Element>(as type: Element.Type) throws -> [Element] {
        try elementType.check(convertsTo: Element.elementType, at: place)
        guard byteCount <= Self.largestWhole else { throw error("\(byteCount) bytes are too many to read at once") }
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            try read(into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
            initialized = count
        }
    }

    /// All elements into `buffer`, which holds exactly as many. Throws as `read(as:)` does.
    public func read<Element: HDF5Element>(into buffer: UnsafeMutableBufferPointer<Element>) throws {
        precondition(buffer.count == count, "a buffer of \(buffer.count) for \(count) elements")
        try elementType.check(convertsTo: Element.elementType, at: place)
        try transfer("H5Dread") { H5Dread($0, Element.elementType.id, 0, 0, defaults, buffer.baseAddress) }
    }

    /// The elements of `rows`, of the first dimension, into `buffer`, which holds exactly as many. Throws as `read(as:)` does, and for rows outside.
    public func read<Element: HDF5Element>(rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Element>) throws {
        try elementType.check(convertsTo: Element.elementType, at: place)
        try transfer("H5Dread", rows: rows, count: buffer.count) { dataset, memory, stored in
            H5Dread(dataset, Element.elementType.id, memory, stored, defaults, buffer.baseAddress)
        }
    }

    /// Writes all elements: `values` has exactly as many, of the type that the dataset was created with. Throws `HDF5Error`.
    public func write<Element: HDF5Element>(_ values: UnsafeBufferPointer<Element>) throws {
        precondition(values.count == count && elementType == Element.elementType, "\(values.count) of \(Element.self) for \(count) of \(elementType)")
        try transfer("H5Dwrite") { H5Dwrite($0, Element.elementType.id, 0, 0, defaults, values.baseAddress) }
    }

    /// Writes the elements of `rows`, of the first dimension: `values` has exactly as many. Throws `HDF5Error`, as for rows outside.
    public func write<Element: HDF5Element>(rows: Range<Int>, from values: UnsafeBufferPointer<Element>) throws {
        precondition(elementType == Element.elementType, "\(Element.self) for \(elementType)")
        try transfer("H5Dwrite", rows: rows, count: values.count) { dataset, memory, stored in
            H5Dwrite(dataset, Element.elementType.id, memory, stored, defaults, values.baseAddress)
        }
    }

    /// The strings of a dataset of text. Throws `HDF5Error` for another type, or bytes that are not UTF-8.
    public func texts() throws -> [String] {
        if elementType == .variableString {
            let space = try place.open("H5Dget_space", H5Dget_space(identifier))
            return try VariableText.strings(count, type: type, space: space.id, at: place) { buffer in
                try place.check("H5Dread", H5Dread(identifier, type.id, 0, 0, defaults, buffer))
            }
        }
        guard case .string(let size) = elementType else { throw error("is \(elementType), not text") }
        guard byteCount <= Self.largestWhole else { throw error("\(byteCount) bytes are too many to read at once") }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        try transfer("H5Dread") { H5Dread($0, type.id, 0, 0, defaults, &bytes) }
        return try FixedText.decode(bytes, byteCount: size, type: type, at: place)
    }

    /// The string of a scalar dataset of text. Throws `HDF5Error` for another type or shape.
    public func text() throws -> String {
        guard count == 1 else { throw error("holds \(count) strings, not one") }
        return try texts()[0]
    }

    /// Writes the bytes of `rows`, as stored: of the first dimension, or of a scalar's only row. Throws `HDF5Error`, as for rows outside.
    func write(rows: Range<Int>, bytes: [UInt8]) throws {
        guard !shape.isEmpty else { return try transfer("H5Dwrite") { H5Dwrite($0, type.id, 0, 0, defaults, bytes) } }
        let perRow = count / max(1, shape[0])
        try transfer("H5Dwrite", rows: rows, count: rows.count * perRow) { H5Dwrite($0, type.id, $1, $2, defaults, bytes) }
    }

    /// Makes a call that moves all elements; none is made where there are none.
    func transfer(_ call: StaticString, _ move: (hid_t) -> herr_t) throws {
        if count > 0 { try place.check(call, move(identifier)) }
    }

    /// Makes a call that moves some rows, given the dataset and the extents in memory and in the file.
    private func transfer(_ call: StaticString, rows: Range<Int>, count: Int, _ move: (hid_t, hid_t, hid_t) -> herr_t) throws {
        let stored = try Dataspace(shape, at: place)
        let memory = try stored.select(rows: rows, at: place)
        precondition(memory.count == count, "a buffer of \(count) for \(memory.count) elements")
        if count > 0 { try place.check(call, move(identifier, memory.handle.id, stored.handle.id)) }
    }
}

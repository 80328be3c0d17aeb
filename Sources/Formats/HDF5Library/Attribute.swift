import CHDF5
import HDF5Types

/// An open attribute.
public struct Attribute: ReadableAttribute {
    /// The dimensions; [] for a single value.
    public let shape: [Int]
    /// The type of the elements as stored.
    public let elementType: ElementType

    public let place: Place
    let handle: Handle
    let type: Handle
    let count: Int
    let byteCount: Int

    /// Takes over an open attribute. Throws `HDF5Error` for one larger than an attribute can be.
    init(_ handle: Handle, at place: Place) throws {
        (self.handle, self.place) = (handle, place)
        type = try place.open("H5Aget_type", H5Aget_type(handle.id))
        elementType = try ElementType(type.id, at: place)
        let space = try Dataspace(stored: place.open("H5Aget_space", H5Aget_space(handle.id)), at: place)
        (shape, count) = (space.shape, space.count)
        let (size, overflows) = count.multipliedReportingOverflow(by: H5Tget_size(type.id))
        guard !overflows, size <= Self.largest else { throw place.error("an attribute of shape \(shape) is too large") }
        byteCount = size
    }

    /// The most bytes of an attribute that is read: far beyond what an object's header takes.
    private static let largest = 1 << 24
    /// The most bytes of an attribute's name and elements that are written: a header's message has 64 KiB, of which type and shape take some.
    private static let largestCompact = (1 << 16) - 256

    /// A new attribute of `type` that `write` fills, in place of an older one.
    static func create(_ name: String, type: hid_t, shape: [Int], on object: some HDF5Object, write: (hid_t) -> herr_t) throws {
        let place = object.place.attribute(name)
        guard !name.isEmpty, !name.utf8.contains(0) else { throw object.error("\"\(name)\" cannot be an attribute's name") }
        let space = try Dataspace(shape, at: place)
        // Larger ones would be stored apart from the object's header.
        let (size, overflows) = space.count.multipliedReportingOverflow(by: H5Tget_size(type))
        guard !overflows, size <= largestCompact - name.utf8.count else { throw place.error("an attribute of shape \(shape) is too large") }
        if try object.hasAttribute(name) { try place.check("H5Adelete", H5Adelete(object.identifier, name)) }
        let handle = try place.open("H5Acreate2", H5Acreate2(object.identifier, name, type, space.handle.id, defaults, defaults))
        if space.count > 0 { try place.check("H5Awrite", write(handle.id)) }
    }
}

extension Attribute {
    public func numbers<Number: HDF5Element>(as type: Number.Type) throws -> [Number] {
        try elementType.check(convertsTo: Number.elementType, at: place)
        return try [Number](unsafeUninitializedCapacity: count) { buffer, initialized in
            if count > 0 { try place.check("H5Aread", H5Aread(handle.id, Number.elementType.id, buffer.baseAddress)) }
            initialized = count
        }
    }

    public func texts() throws -> [String] {
        if elementType == .variableString {
            let space = try place.open("H5Aget_space", H5Aget_space(handle.id))
            return try VariableText.strings(count, type: type, space: space.id, at: place) { try place.check("H5Aread", H5Aread(handle.id, type.id, $0)) }
        }
        guard case .string(let size) = elementType else { throw place.error("is \(elementType), not text") }
        var bytes = [UInt8](repeating: 0, count: byteCount)
        if count > 0 { try place.check("H5Aread", H5Aread(handle.id, type.id, &bytes)) }
        return try FixedText.decode(bytes, byteCount: size, type: type, at: place)
    }
}

import CHDF5

/// What an attribute holds one or several of: text, or a number.
public protocol AttributeElement {
    /// The elements of an attribute. Throws `HDF5Error` for another type.
    static func elements(of attribute: Attribute) throws -> [Self]
    /// Puts a new attribute `name` of `shape` on `object`.
    static func store(_ elements: [Self], shape: [Int], as name: String, on object: some HDF5Object) throws
}

/// An open attribute.
public struct Attribute {
    /// The dimensions; [] for a single value.
    public let shape: [Int]
    /// The type of the elements as stored.
    public let elementType: ElementType

    /// The object, and the attribute after an `@`.
    let place: Place
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
        let place = object.attributePlace(name)
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
    /// Puts the same attribute on another object. Throws `HDF5Error`, as for elements that this library does not read, which may lie elsewhere in the file.
    func copy(_ name: String, to object: some HDF5Object) throws {
        switch elementType {
        case .unsupported, .variableString: throw place.error("is \(elementType), which is not copied")
        default: break
        }
        var bytes = [UInt8](repeating: 0, count: max(1, byteCount))
        if count > 0 { try place.check("H5Aread", H5Aread(handle.id, type.id, &bytes)) }
        try Self.create(name, type: type.id, shape: shape, on: object) { H5Awrite($0, type.id, bytes) }
    }
}

extension HDF5Element {
    public static func elements(of attribute: Attribute) throws -> [Self] {
        guard attribute.elementType.converts(to: elementType) else { throw attribute.place.error("is \(attribute.elementType), not \(elementType)") }
        return try [Self](unsafeUninitializedCapacity: attribute.count) { buffer, count in
            if attribute.count > 0 { try attribute.place.check("H5Aread", H5Aread(attribute.handle.id, elementType.id, buffer.baseAddress)) }
            count = attribute.count
        }
    }

    public static func store(_ elements: [Self], shape: [Int], as name: String, on object: some HDF5Object) throws {
        try Attribute.create(name, type: elementType.id, shape: shape, on: object) { H5Awrite($0, elementType.id, elements) }
    }
}

extension String: AttributeElement {
    public static func elements(of attribute: Attribute) throws -> [String] {
        if attribute.elementType == .variableString {
            let space = try attribute.place.open("H5Aget_space", H5Aget_space(attribute.handle.id))
            return try VariableText.strings(attribute.count, type: attribute.type, space: space.id, at: attribute.place) {
                try attribute.place.check("H5Aread", H5Aread(attribute.handle.id, attribute.type.id, $0))
            }
        }
        guard case .string(let size) = attribute.elementType else {
            throw attribute.place.error("is \(attribute.elementType), not text")
        }
        var bytes = [UInt8](repeating: 0, count: attribute.byteCount)
        if attribute.count > 0 { try attribute.place.check("H5Aread", H5Aread(attribute.handle.id, attribute.type.id, &bytes)) }
        return try FixedText.decode(bytes, byteCount: size, type: attribute.type, at: attribute.place)
    }

    public static func store(_ elements: [String], shape: [Int], as name: String, on object: some HDF5Object) throws {
        let text = try FixedText(elements, at: object.attributePlace(name))
        try Attribute.create(name, type: text.type.id, shape: shape, on: object) { H5Awrite($0, text.type.id, text.bytes) }
    }
}

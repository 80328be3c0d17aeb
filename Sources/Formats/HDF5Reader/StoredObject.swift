import HDF5Types

/// A group or a dataset of a verified file, to be read: what `HDF5Error` says of it names file and path.
public protocol StoredObject: ReadableObject where AttributeType == StoredAttribute {
    /// The file that holds the object.
    var file: VerifiedFile { get }
    var object: VerifiedObject { get }
}

extension StoredObject {
    /// The object's path in the file, such as `/model/weights`.
    public var path: String { object.path }
    public var place: Place { Place(file: file.name, object: path) }

    /// The attributes' names in the order of their bytes.
    public func attributeNames() -> [String] { object.attributes.map(\.name) }

    public func hasAttribute(_ name: String) -> Bool { object.attribute(name) != nil }

    public func openAttribute(_ name: String) throws -> StoredAttribute {
        let place = place.attribute(name)
        guard let attribute = object.attribute(name) else { throw place.error("is missing") }
        return StoredAttribute(attribute, at: place)
    }
}

/// An attribute of a verified file, to be read.
public struct StoredAttribute: ReadableAttribute {
    public let place: Place
    private let attribute: VerifiedAttribute

    /// - Parameter place: the object, and the attribute after an `@`.
    public init(_ attribute: VerifiedAttribute, at place: Place) { (self.attribute, self.place) = (attribute, place) }

    public var shape: [Int] { attribute.shape }
    public var elementType: ElementType { attribute.type }
    /// The elements as stored, in row-major order.
    public var bytes: ArraySlice<UInt8> { attribute.bytes }

    public func numbers<Number: HDF5Element>(as type: Number.Type) throws -> [Number] {
        try elementType.check(convertsTo: Number.elementType, at: place)
        let size = bytes.count / elementType.byteCount
        return [Number](unsafeUninitializedCapacity: size) { buffer, count in
            bytes.withUnsafeBytes { Number.convert($0, of: elementType, into: UnsafeMutableBufferPointer(rebasing: buffer[..<size])) }
            count = size
        }
    }

    public func texts() throws -> [String] { try elementType.texts(Array(bytes), at: place) }
}

extension ElementType {
    /// The strings in `bytes`. Throws `HDF5Error` where this is no text, or one is not UTF-8 filled up with zeros.
    func texts(_ bytes: [UInt8], at place: Place) throws(HDF5Error) -> [String] {
        guard case .string = self else { throw place.error("is \(self), not text") }
        guard let texts = texts(bytes) else { throw place.error("is not UTF-8 filled up with zeros") }
        return texts
    }
}

import HDF5Reader
import HDF5Types

/// What can be said of an object of a file without reading its elements.
public struct ObjectListing {
    /// From the file's root, `/` for the root itself.
    public let path: String
    /// Nil for a group.
    public let dataset: Elements?
    /// In the order of the names' bytes.
    public let attributes: [(name: String, value: AttributeValue)]

    /// A dataset's elements.
    public struct Elements: Equatable, Sendable {
        /// [] for a scalar.
        public let shape: [Int]
        public let type: ElementType
        public let byteCount: Int
    }

    /// Every object of a file, each group before what it holds. Throws `HDF5Error` for text that is not UTF-8.
    public static func all(of root: StoredGroup) throws -> [ObjectListing] {
        try root.file.objects.map { object in
            let place = Place(file: root.file.name, object: object.path)
            let elements = object.dataset.map { Elements(shape: $0.shape, type: $0.type, byteCount: $0.extent.count) }
            return ObjectListing(path: object.path, dataset: elements, attributes: try object.attributes.map { ($0.name, try AttributeValue(StoredAttribute($0, at: place.attribute($0.name)))) })
        }
    }
}

/// The value of an attribute of any type.
public enum AttributeValue: Equatable, Sendable {
    case text(String), texts([String])
    case integer(Int64), integers([Int64])
    case number(Double), numbers([Double])
    /// Such as a SHA-256.
    case bytes([UInt8])
    /// Of a type or rank that schema 1 has not; its type.
    case other(ElementType)

    /// Throws `HDF5Error` where the value cannot be read.
    init(_ attribute: StoredAttribute) throws {
        switch (attribute.elementType, attribute.shape.count) {
        case (.string, 0): self = .text(try String.elements(of: attribute)[0])
        case (.string, 1): self = .texts(try String.elements(of: attribute))
        case (.uint8, 1): self = .bytes(try UInt8.elements(of: attribute))
        case (.int8, 0), (.int16, 0), (.int32, 0), (.int64, 0), (.uint8, 0), (.uint16, 0), (.uint32, 0): self = .integer(try Int64.elements(of: attribute)[0])
        case (.int8, 1), (.int16, 1), (.int32, 1), (.int64, 1), (.uint16, 1), (.uint32, 1): self = .integers(try Int64.elements(of: attribute))
        case (.float32, 0), (.float64, 0): self = .number(try Double.elements(of: attribute)[0])
        case (.float32, 1), (.float64, 1): self = .numbers(try Double.elements(of: attribute))
        default: self = .other(attribute.elementType)
        }
    }
}

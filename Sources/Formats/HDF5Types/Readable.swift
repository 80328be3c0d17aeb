/// An attribute of a file that is read, whoever reads it.
public protocol ReadableAttribute {
    var place: Place { get }
    /// The dimensions; [] for a single value.
    var shape: [Int] { get }
    /// The type of the elements as stored.
    var elementType: ElementType { get }
    /// The numbers, in row-major order. Throws `HDF5Error` for elements of another kind, or of values that `Number` cannot hold; floats are rounded.
    func numbers<Number: HDF5Element>(as type: Number.Type) throws -> [Number]
    /// The strings. Throws `HDF5Error` for another type, or bytes that are not UTF-8.
    func texts() throws -> [String]
}

extension ReadableAttribute {
    public func numbers<Number: HDF5Element>() throws -> [Number] { try numbers(as: Number.self) }
}

/// A group or a dataset of a file that is read: what carries attributes.
public protocol ReadableObject {
    associatedtype AttributeType: ReadableAttribute
    var place: Place { get }
    /// The attributes' names in the order of their bytes. Throws `HDF5Error` where the file is damaged.
    func attributeNames() throws -> [String]
    /// Whether the object has the attribute `name`. Throws `HDF5Error` where the file is damaged.
    func hasAttribute(_ name: String) throws -> Bool
    /// The attribute `name` with its shape and type. Throws `HDF5Error` for one that is missing.
    func openAttribute(_ name: String) throws -> AttributeType
}

/// A dataset of a file that is read.
public protocol ReadableDataset: ReadableObject {
    /// The dimensions, the slowest first; [] for a scalar.
    var shape: [Int] { get }
    /// The type of the elements as stored.
    var elementType: ElementType { get }
    /// The size of all elements as stored, uncompressed.
    var byteCount: Int { get }
    /// All elements. Throws `HDF5Error` for elements of another kind, or of values that `Element` cannot hold; floats are rounded.
    func read<Element: HDF5Element>(as type: Element.Type) throws -> [Element]
    /// The elements of `rows`, of the first dimension, into `buffer`, which holds exactly as many. Throws as `read(as:)` does, and for rows outside.
    func read<Element: HDF5Element>(rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Element>) throws
    /// The strings of a dataset of text. Throws `HDF5Error` for another type, or bytes that are not UTF-8.
    func texts() throws -> [String]
}

extension ReadableDataset {
    public func read<Element: HDF5Element>() throws -> [Element] { try read(as: Element.self) }
}

/// A group of a file that is read. Where objects are looked up, a path of several names does as well as one.
public protocol ReadableGroup: ReadableObject {
    associatedtype DatasetType: ReadableDataset
    /// The members' names in the order of their bytes. Throws `HDF5Error` where the file is damaged.
    func names() throws -> [String]
    /// Whether there is something at `path` below this group. Throws `HDF5Error` where the file is damaged.
    func contains(_ path: String) throws -> Bool
    /// Whether the member `name` is a dataset. Throws `HDF5Error` where the file is damaged.
    func holdsDataset(_ name: String) throws -> Bool
    /// The group at `path` below this one. Throws `HDF5Error` for what is missing or no group.
    func group(_ path: String) throws -> Self
    /// The dataset at `path` below this one. Throws `HDF5Error` for what is missing or no dataset.
    func dataset(_ path: String) throws -> DatasetType
}

/// What an attribute holds one or several of: text, or a number.
public protocol AttributeElement {
    /// The elements of an attribute. Throws `HDF5Error` for another type.
    static func elements(of attribute: some ReadableAttribute) throws -> [Self]
}

extension String: AttributeElement {
    public static func elements(of attribute: some ReadableAttribute) throws -> [String] { try attribute.texts() }
}

extension ReadableObject {
    /// The error that says, in a few words, what is wrong with this object.
    public func error(_ reason: String) -> HDF5Error { place.error(reason) }

    /// The single value of the attribute `name`. Throws `HDF5Error` for one that is missing, a list, or of another type.
    public func attribute<Element: AttributeElement>(_ name: String, as type: Element.Type = Element.self) throws -> Element {
        let attribute = try openAttribute(name)
        guard attribute.shape.isEmpty else { throw attribute.place.error("is a list of shape \(attribute.shape), not a single value") }
        return try Element.elements(of: attribute)[0]
    }

    /// The list in the attribute `name`. Throws `HDF5Error` for one that is missing, no list, or of another type.
    public func attribute<Element: AttributeElement>(_ name: String, as type: [Element].Type = [Element].self) throws -> [Element] {
        let attribute = try openAttribute(name)
        guard attribute.shape.count == 1 else { throw attribute.place.error("has the shape \(attribute.shape), which is no list") }
        return try Element.elements(of: attribute)
    }
}

extension ElementType {
    /// Throws the error that elements of this type, at `place`, cannot be given as `other`.
    public func check(convertsTo other: ElementType, at place: Place) throws(HDF5Error) {
        guard converts(to: other) else { throw place.error("is \(self), not \(other)") }
    }
}

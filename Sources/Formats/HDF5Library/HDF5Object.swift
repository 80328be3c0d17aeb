import HDF5Types

/// A group or a dataset: what carries attributes.
public protocol HDF5Object: ReadableObject, AnyObject where AttributeType == Attribute {
    /// The file that holds the object.
    var file: File { get }
    /// The object's path in the file, such as `/model/weights`.
    var path: String { get }
    /// libhdf5's identifier of the object.
    var identifier: Int64 { get }
}

extension HDF5Object {
    public var place: Place { Place(file: file.name, object: path) }
}

import CHDF5

/// A group or a dataset: what carries attributes.
public protocol HDF5Object: AnyObject {
    /// The file that holds the object.
    var file: File { get }
    /// The object's path in the file, such as `/model/weights`.
    var path: String { get }
    /// libhdf5's identifier of the object.
    var identifier: Int64 { get }
}

extension HDF5Object {
    var place: Place { Place(file: file.name, object: path) }

    /// The error that says, in a few words, what is wrong with this object.
    public func error(_ reason: String) -> HDF5Error { place.error(reason) }
}

/// An object of a file, for messages.
public struct Place: Sendable {
    /// The file as the user named it.
    public let file: String
    /// The object's path in the file, such as `/model/weights`; an attribute's name follows after an `@`.
    public let object: String

    public init(file: String, object: String) { (self.file, self.object) = (file, object) }

    /// The place of what is at `path` below this group.
    public func member(_ path: String) -> Place { Place(file: file, object: object == "/" ? "/\(path)" : "\(object)/\(path)") }

    public func attribute(_ name: String) -> Place { Place(file: file, object: "\(object)@\(name)") }

    /// The error that says, in a few words, what is wrong here.
    public func error(_ reason: String) -> HDF5Error { HDF5Error(file: file, object: object, reason: reason) }
}

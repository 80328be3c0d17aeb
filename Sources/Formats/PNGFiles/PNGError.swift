/// Why bytes are not a PNG that we read, or why pixels could not be written as one. One line, without the file's name, which the caller knows.
public struct PNGError: Error, Equatable, CustomStringConvertible {
    public let description: String

    /// An error that says `description`.
    public init(_ description: String) {
        self.description = description
    }
}

/// Why there are no components, eigenvalues or angles; one line.
public struct ComponentsError: Error, CustomStringConvertible, Equatable {
    public let description: String
    public init(_ description: String) { self.description = description }
}

/// Why a measure of information does not exist; one line.
public struct InformationError: Error, CustomStringConvertible, Equatable {
    public let description: String
    public init(_ description: String) { self.description = description }
}

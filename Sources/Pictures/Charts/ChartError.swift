/// Why a chart could not be drawn, in one line.
public struct ChartError: Error, Equatable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}

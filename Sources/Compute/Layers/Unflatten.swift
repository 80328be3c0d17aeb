/// [features] to a shape of as many features, as torch.nn.Unflatten(1, shape). Moves nothing.
public struct Unflatten: LayerDescription {
    public static let type = "Unflatten"
    public let shape: [Int]

    public init(_ shape: [Int]) { self.shape = shape }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { shape = try arguments.shape() }
    public var arguments: [LayerArgument] { shape.map { .integer($0) } }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 1, input[0] == shape.reduce(1, *) else { throw LayerError("Unflatten to \(shape) takes [\(shape.reduce(1, *))], not \(input)") }
        return shape
    }

    public func operation(input: [Int]) -> (any Operation)? { nil }
}

/// [features] to a shape of as many features, as torch.nn.Unflatten(1, shape). Moves nothing.
public struct Unflatten: LayerDescription {
    public static let type = "Unflatten"
    public let shape: [Int]

    public init(_ shape: [Int]) { self.shape = shape }

    /// The shape alone, `Unflatten(128, 4, 4)`, or as PyTorch has it, `Unflatten(1, (128, 4, 4))` and `Unflatten(dim=1, unflattened_size=(128, 4, 4))`.
    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        guard arguments.holdsTuple else { shape = try arguments.shape(); return }
        guard try arguments.integer("dim", least: -4) == 1 else { throw LayerError("Unflatten takes dim=1 alone") }
        shape = try arguments.shape("unflattened_size")
    }

    public var arguments: [LayerArgument] { shape.map { .integer($0) } }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 1, input[0] == shape.reduce(1, *) else { throw LayerError("Unflatten to \(shape) takes [\(shape.reduce(1, *))], not \(input)") }
        return shape
    }

    public func operation(input: [Int]) -> (any Operation)? { nil }
}

/// y = 1 / (1 + e^-x), as torch.nn.Sigmoid; any shape.
public struct Sigmoid: LayerDescription {
    public static let type = "Sigmoid"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) {}
    public var arguments: [LayerArgument] { [] }
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { input }
    public func operation(input: [Int]) -> (any Operation)? { ActivationOperation(.sigmoid, features: input.reduce(1, *)) }
}

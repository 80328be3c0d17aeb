/// y = max(x, 0), as torch.nn.ReLU; any shape.
public struct ReLU: LayerDescription {
    public static let type = "ReLU"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) {}
    public var arguments: [LayerArgument] { [] }
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { input }
    public func operation(input: [Int]) -> (any Operation)? { ActivationOperation(.relu, features: input.reduce(1, *)) }
}

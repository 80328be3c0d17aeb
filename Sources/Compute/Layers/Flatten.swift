/// [channels, height, width] to [features], as torch.nn.Flatten. Moves nothing: the features already lie in this order.
public struct Flatten: LayerDescription {
    public static let type = "Flatten"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) {}
    public var arguments: [LayerArgument] { [] }
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { [input.reduce(1, *)] }
    public func operation(input: [Int]) -> (any Operation)? { nil }
}

/// y = x, as torch.nn.Identity; any shape. Moves nothing.
public struct Identity: LayerDescription {
    public static let type = "Identity"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) {}
    public var arguments: [LayerArgument] { [] }
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { input }
    public func operation(input: [Int]) -> (any Operation)? { nil }
}

/// [channels, height, width] to [features], as torch.nn.Flatten. Moves nothing: the features already lie in this order.
public struct Flatten: LayerDescription {
    public static let type = "Flatten"
    public init() {}

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        let first = try arguments.integer("start_dim", least: -4, default: 1), last = try arguments.integer("end_dim", least: -4, default: -1)
        guard first == 1, last == -1 || last == 3 else { throw LayerError("Flatten takes start_dim=1 and end_dim=-1 alone: it flattens whole images") }
    }

    public var arguments: [LayerArgument] { [] }
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { [input.reduce(1, *)] }
    public func operation(input: [Int]) -> (any Operation)? { nil }
}

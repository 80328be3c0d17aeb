/// Appends the one-hot label to the features: [features] to [features + classes], as torch.cat((x, labels), dim=1).
/// Moves nothing: the layer before writes into memory that ends with the labels.
public struct ConcatLabels: LayerDescription {
    public static let type = "ConcatLabels"
    public let classes: Int

    public init(_ classes: Int) { self.classes = classes }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { classes = try arguments.integer("classes") }
    public var arguments: [LayerArgument] { [.integer(classes)] }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 1 else { throw LayerError("ConcatLabels takes [features], not \(input)") }
        return [input[0] + classes]
    }

    public func operation(input: [Int]) -> (any Operation)? { nil }
}

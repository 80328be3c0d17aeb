/// y = (x - mean) / sqrt(variance + eps) weight + bias, mean and variance those of each image's last axes (Ba, Kiros and Hinton 2016), as
/// torch.nn.LayerNorm. weight [normalized_shape], initially 1, and bias [normalized_shape], 0, unless `elementwise_affine` (or `bias`) is false.
public struct LayerNorm: LayerDescription {
    public static let type = "LayerNorm"
    /// The last axes of the input.
    public let shape: [Int]
    public let epsilon: Double
    let affine: Affine

    public init(_ shape: [Int], epsilon: Double = 1e-5, affine: Bool = true) {
        (self.shape, self.epsilon, self.affine) = (shape, epsilon, Affine(weight: affine, bias: affine))
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        shape = try arguments.shape("normalized_shape")
        epsilon = try arguments.epsilon()
        affine = try arguments.affine("elementwise_affine")
    }

    public var arguments: [LayerArgument] { [.tuple(shape), .number(epsilon, "eps")] + affine.arguments("elementwise_affine") }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.suffix(shape.count) == shape[...] else { throw LayerError("LayerNorm takes shapes that end with \(shape), not \(input)") }
        return input
    }

    public var parameters: [ParameterDescription] { affine.parameters(shape) }

    public func operation(input: [Int]) -> (any Operation)? {
        GroupNormOperation(groups: input.dropLast(shape.count).reduce(1, *), channels: shape.reduce(1, *), area: 1, isShared: true, epsilon, affine,
                           parameters)
    }
}

/// y = (x - mean) / sqrt(variance + eps) weight + bias, mean and variance those of each image's groups of channels (Wu and He 2018), as
/// torch.nn.GroupNorm. weight [channels], initially 1, and bias [channels], 0, unless `affine` is false.
public struct GroupNorm: LayerDescription {
    public static let type = "GroupNorm"
    public let groups: Int, channels: Int
    public let epsilon: Double
    let affine: Affine

    /// - Parameter groups: divides the channels.
    public init(_ groups: Int, _ channels: Int, epsilon: Double = 1e-5, affine: Bool = true) {
        (self.groups, self.channels, self.epsilon, self.affine) = (groups, channels, epsilon, Affine(weight: affine, bias: affine))
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        groups = try arguments.integer("num_groups")
        channels = try arguments.integer("num_channels")
        epsilon = try arguments.epsilon()
        affine = try arguments.affine("affine")
        guard channels % groups == 0 else { throw LayerError("GroupNorm: num_groups is \(groups), which does not divide \(channels) channels") }
    }

    public var arguments: [LayerArgument] { [.integer(groups), .integer(channels), .number(epsilon, "eps")] + affine.arguments("affine") }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input[0] == channels else { throw LayerError("GroupNorm takes [\(channels), ...], not \(input)") }
        return input
    }

    public var parameters: [ParameterDescription] { affine.parameters([channels]) }

    public func operation(input: [Int]) -> (any Operation)? {
        GroupNormOperation(groups: groups, channels: channels / groups, area: input.dropFirst().reduce(1, *), isShared: false, epsilon, affine,
                           parameters)
    }
}

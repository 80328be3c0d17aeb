/// y = (x - mean) / sqrt(variance + eps), mean and variance those of each image's channels (Ulyanov et al. 2016), as torch.nn.InstanceNorm2d without
/// running statistics; where `affine`, times weight [channels], initially 1, plus bias [channels], 0.
public struct InstanceNorm2d: LayerDescription {
    public static let type = "InstanceNorm2d"
    public let channels: Int
    public let epsilon: Double
    let affine: Affine

    public init(_ channels: Int, epsilon: Double = 1e-5, affine: Bool = false) {
        (self.channels, self.epsilon, self.affine) = (channels, epsilon, Affine(weight: affine, bias: affine))
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        channels = try arguments.integer("num_features")
        epsilon = try arguments.epsilon()
        // Of running statistics, which there are none of.
        _ = try arguments.optionalNumber("momentum", in: 0...1, default: 0.1)
        affine = try arguments.affine("affine", default: false)
        try arguments.expect("track_running_stats", .boolean(false))
    }

    public var arguments: [LayerArgument] { [.integer(channels), .number(epsilon, "eps")] + affine.arguments("affine") }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == channels, input[1] * input[2] > 1 else {
            throw LayerError("InstanceNorm2d takes [\(channels), height, width] of more than one pixel, not \(input)")
        }
        return input
    }

    public var parameters: [ParameterDescription] { affine.parameters([channels]) }

    public func operation(input: [Int]) -> (any Operation)? {
        GroupNormOperation(groups: channels, channels: 1, area: input[1] * input[2], isShared: false, epsilon, affine, parameters)
    }
}

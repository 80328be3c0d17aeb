import CKernels

/// y = x, or negative_slope x where x <= 0, as torch.nn.LeakyReLU.
public struct LeakyReLU: ActivationLayer {
    public static let type = "LeakyReLU"
    public let negativeSlope: Double

    public init(_ negativeSlope: Double = 0.01) { self.negativeSlope = negativeSlope }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        negativeSlope = try arguments.number("negative_slope", default: 0.01)
        try arguments.skipInplace()
    }

    public var arguments: [LayerArgument] { [.number(negativeSlope, "negative_slope")] }

    /// The result tells the argument's sign unless the slope is negative.
    public var activation: Activation { Activation(AEK_LEAKY_RELU, negativeSlope, gradientFrom: negativeSlope < 0 ? .argument : .result) }
}

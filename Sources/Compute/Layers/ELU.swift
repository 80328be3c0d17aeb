import CKernels

/// y = x, or alpha (e^x - 1) where x <= 0, as torch.nn.ELU.
public struct ELU: ActivationLayer {
    public static let type = "ELU"
    public let alpha: Double

    public init(_ alpha: Double = 1) { self.alpha = alpha }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        alpha = try arguments.number("alpha", default: 1)
        try arguments.skipInplace()
    }

    public var arguments: [LayerArgument] { [.number(alpha, "alpha")] }

    /// The slope is y + alpha where y <= 0; the result tells the argument's sign unless alpha is negative.
    public var activation: Activation { Activation(AEK_ELU, alpha, gradientFrom: alpha < 0 ? .argument : .result) }
}

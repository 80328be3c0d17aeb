import CKernels

/// y = log(1 + e^(beta x)) / beta, or x where beta x > threshold, as torch.nn.Softplus.
public struct Softplus: ActivationLayer {
    public static let type = "Softplus"
    public let beta: Double, threshold: Double

    public init(beta: Double = 1, threshold: Double = 20) { (self.beta, self.threshold) = (beta, threshold) }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        beta = try arguments.number("beta", in: 1e-6...1e6, default: 1)
        threshold = try arguments.number("threshold", default: 20)
    }

    public var arguments: [LayerArgument] { [.number(beta, "beta"), .number(threshold, "threshold")] }
    public var activation: Activation { Activation(AEK_SOFTPLUS, beta, threshold, gradientFrom: .argument) }
}

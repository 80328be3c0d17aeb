import CKernels

/// y = x / (1 + e^-x), as torch.nn.SiLU.
public struct SiLU: ActivationLayer {
    public static let type = "SiLU"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) { try arguments.skipInplace() }
    public var arguments: [LayerArgument] { [] }
    public var activation: Activation { Activation(AEK_SILU, gradientFrom: .argument) }
}

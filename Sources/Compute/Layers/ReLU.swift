import CKernels

/// y = max(x, 0), as torch.nn.ReLU.
public struct ReLU: ActivationLayer {
    public static let type = "ReLU"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) { try arguments.skipInplace() }
    public var arguments: [LayerArgument] { [] }
    public var activation: Activation { Activation(AEK_RELU) }
}

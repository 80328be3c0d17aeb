import CKernels

/// y = 1 / (1 + e^-x), as torch.nn.Sigmoid.
public struct Sigmoid: ActivationLayer {
    public static let type = "Sigmoid"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) {}
    public var arguments: [LayerArgument] { [] }
    public var activation: Activation { Activation(AEK_SIGMOID) }
}

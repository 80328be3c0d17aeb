import CKernels

/// y = tanh(x), as torch.nn.Tanh.
public struct Tanh: ActivationLayer {
    public static let type = "Tanh"
    public init() {}
    public init(_ arguments: inout ArgumentList) throws(LayerError) {}
    public var arguments: [LayerArgument] { [] }
    public var activation: Activation { Activation(AEK_TANH) }
}

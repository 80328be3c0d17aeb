import CKernels

/// y = x Phi(x), Phi the standard normal distribution, or with approximate='tanh' y = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2
/// (Hendrycks and Gimpel 2016), as torch.nn.GELU.
public struct GELU: ActivationLayer {
    public static let type = "GELU"
    public let approximate: Bool

    public init(approximate: Bool = false) { self.approximate = approximate }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { approximate = try arguments.text("approximate", of: ["none", "tanh"]) == "tanh" }
    public var arguments: [LayerArgument] { [.text(approximate ? "tanh" : "none", "approximate")] }
    public var activation: Activation { Activation(approximate ? AEK_GELU_TANH : AEK_GELU, gradientFrom: .argument) }
}

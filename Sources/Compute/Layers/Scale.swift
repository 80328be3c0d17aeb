import CKernels

/// y = factor x. PyTorch has no such module: its networks multiply in `forward`.
public struct Scale: ActivationLayer {
    public static let type = "Scale"
    public let factor: Double

    public init(_ factor: Double) { self.factor = factor }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { factor = try arguments.number("factor") }
    public var arguments: [LayerArgument] { [.number(factor)] }
    public var activation: Activation { Activation(AEK_SCALE, factor) }
}

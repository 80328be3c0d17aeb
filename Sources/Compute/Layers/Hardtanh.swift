import CKernels

/// y = x held to min_val...max_val, as torch.nn.Hardtanh.
public struct Hardtanh: ActivationLayer {
    public static let type = "Hardtanh"
    public let least: Double, greatest: Double

    /// `least` is below `greatest`.
    public init(_ least: Double = -1, _ greatest: Double = 1) { (self.least, self.greatest) = (least, greatest) }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        least = try arguments.number("min_val", default: -1)
        greatest = try arguments.number("max_val", default: 1)
        try arguments.skipInplace()
        guard least < greatest else { throw LayerError("Hardtanh: min_val must be below max_val") }
    }

    public var arguments: [LayerArgument] { [.number(least, "min_val"), .number(greatest, "max_val")] }
    public var activation: Activation { Activation(AEK_HARDTANH, least, greatest) }
}

import Layers

/// The report's networks, as lists of layers. Names and shapes of their tensors are those of the report's PyTorch classes.
public enum Architecture: String, CaseIterable, Sendable {
    case simple, ae, conv, vae
    case convVAE = "conv-vae"
    case cvae
    case convCVAE = "conv-cvae"
    case reader

    /// Bottlenecks that the tools take.
    public static let bottlenecks = 1...64
    /// Classes of digits, for the conditional networks and the reader.
    public static let classes = 10
    private static let pixels = 1024

    public var isConditional: Bool { self == .cvae || self == .convCVAE }

    /// The network for images [1, 32, 32].
    /// - Parameter k: the bottleneck; the reader has none and ignores it.
    public func model(bottleneck k: Int) -> ModelDescription {
        precondition(Self.bottlenecks.contains(k), "bottleneck \(k) is not in \(Self.bottlenecks)")
        do {
            return try ModelDescription(architecture: rawValue, bottleneck: self == .reader ? 0 : k, classes: isConditional ? Self.classes : 0,
                                        inputShape: [1, 32, 32], layers: layers(k))
        } catch {
            preconditionFailure("\(rawValue): \(error)")
        }
    }

    private func layers(_ k: Int) -> [NamedLayer] {
        let classes = isConditional ? Self.classes : 0
        let image = [NamedLayer("image", Unflatten([1, 32, 32]))], flatten = [NamedLayer("flatten", Flatten())]
        switch self {
        case .simple:
            return flatten + [NamedLayer("encoder.0", Linear(Self.pixels, k)), NamedLayer("z", Latent([k])),
                              NamedLayer("decoder.0", Linear(k, Self.pixels))] + image
        case .ae:
            return flatten + Self.numbered("encoder", Self.denseEncoder(Self.pixels) + [ReLU(), Linear(32, k)]) + [NamedLayer("z", Latent([k]))]
                + Self.numbered("decoder", Self.denseDecoder(k)) + image
        case .conv:
            return Self.numbered("encoder", Self.convolutionalEncoder(k)) + [NamedLayer("z", Latent([k, 4, 4]))]
                + Self.numbered("decoder", Self.convolutionalDecoder(k))
        case .vae, .cvae:
            return flatten + labels("input_labels") + Self.numbered("encoder", Self.denseEncoder(Self.pixels + classes)) + Self.heads(32, k)
                + labels("z_labels") + Self.numbered("decoder", Self.denseDecoder(k + classes)) + image
        case .convVAE, .convCVAE:
            let expand: [any LayerDescription] = isConditional ? [Linear(Self.pixels + classes, Self.pixels), Unflatten([1, 32, 32])] : []
            return (isConditional ? flatten : []) + labels("input_labels")
                + Self.numbered("encoder", expand + Self.convolutionalEncoder(k) + [Flatten()]) + Self.heads(16 * k, k) + labels("z_labels")
                + Self.numbered("decoder", [Linear(k + classes, 16 * k), Unflatten([k, 4, 4])] + Self.convolutionalDecoder(k))
        case .reader:
            return flatten + [NamedLayer("fc1", Linear(Self.pixels, 50)), NamedLayer("relu", ReLU()), NamedLayer("fc2", Linear(50, Self.classes))]
        }
    }

    private func labels(_ name: String) -> [NamedLayer] {
        isConditional ? [NamedLayer(name, ConcatLabels(Self.classes))] : []
    }

    /// The layers of a torch.nn.Sequential.
    private static func numbered(_ name: String, _ layers: [any LayerDescription]) -> [NamedLayer] {
        layers.enumerated().map { NamedLayer("\(name).\($0.offset)", $0.element) }
    }

    private static func heads(_ width: Int, _ k: Int) -> [NamedLayer] {
        [NamedLayer("fn_mu", Linear(width, k)), NamedLayer("fn_logvar", Linear(width, k)), NamedLayer("z", Gaussian(k))]
    }

    private static func denseEncoder(_ width: Int) -> [any LayerDescription] {
        [Linear(width, 128), ReLU(), Linear(128, 64), ReLU(), Linear(64, 32)]
    }

    private static func denseDecoder(_ width: Int) -> [any LayerDescription] {
        [Linear(width, 32), ReLU(), Linear(32, 64), ReLU(), Linear(64, 128), ReLU(), Linear(128, pixels), Sigmoid()]
    }

    private static func convolutionalEncoder(_ k: Int) -> [any LayerDescription] {
        func halve(_ from: Int, _ to: Int, bias: Bool) -> Conv2d { Conv2d(from, to, kernelSize: 3, stride: 2, padding: 1, bias: bias) }
        return [halve(1, 8, bias: false), BatchNorm2d(8), ReLU(), halve(8, 16, bias: false), BatchNorm2d(16), ReLU(), halve(16, k, bias: true)]
    }

    private static func convolutionalDecoder(_ k: Int) -> [any LayerDescription] {
        func double(_ from: Int, _ to: Int) -> ConvTranspose2d { ConvTranspose2d(from, to, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1) }
        return [double(k, 16), BatchNorm2d(16), ReLU(), double(16, 8), BatchNorm2d(8), ReLU(), double(8, 1), Sigmoid()]
    }
}

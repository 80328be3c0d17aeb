import Layers
import Tensors

/// The report's networks, as lists of layers, for images of any shape and any number of classes. Names and shapes of their tensors are those of the
/// report's PyTorch classes with these sizes in the place of 1024 pixels and ten digits.
public enum Architecture: String, CaseIterable, Sendable {
    case simple, ae, conv, vae
    case convVAE = "conv-vae"
    case cvae
    case convCVAE = "conv-cvae"
    case reader

    /// The report's images, and its digits.
    public static let reportShape = ImageShape(channels: 1, height: 32, width: 32), reportClasses = 10

    /// Bottlenecks that the tools take.
    public static let bottlenecks = 1...64
    /// The halvings of the convolutional networks, whatever the size, which must be a multiple of two to this power.
    static let halvings = 3

    /// Whether the network takes an image's class.
    public var isConditional: Bool { self == .cvae || self == .convCVAE }
    public var isVariational: Bool { [.vae, .convVAE, .cvae, .convCVAE].contains(self) }
    /// Whether the number of classes is part of it.
    public var hasClasses: Bool { isConditional || self == .reader }
    private var isConvolutional: Bool { [.conv, .convVAE, .convCVAE].contains(self) }

    /// The network. Throws `ModelError` for a shape that it does not take: convolutions halve both sides three times.
    ///
    /// - Parameters:
    ///   - k: the bottleneck, of `bottlenecks`; the reader has none and ignores it.
    ///   - shape: of the images.
    ///   - classes: of their labels; networks that take none ignore it.
    public func model(bottleneck k: Int, shape: ImageShape = Self.reportShape, classes: Int = Self.reportClasses) throws(ModelError) -> ModelDescription {
        precondition(Self.bottlenecks.contains(k), "bottleneck \(k) is not in \(Self.bottlenecks)")
        let multiple = 1 << Self.halvings
        guard !isConvolutional || (shape.height % multiple == 0 && shape.width % multiple == 0) else {
            throw ModelError("\(rawValue) halves images \(Self.halvings) times: \(shape.height) x \(shape.width) pixels are no multiples of \(multiple)")
        }
        return try ModelDescription(architecture: rawValue, bottleneck: self == .reader ? 0 : k, classes: isConditional ? classes : 0, inputShape: shape,
                                    layers: Builder(bottleneck: k, shape: shape, classes: isConditional || self == .reader ? classes : 0).layers(of: self))
    }
}

/// Makes the layers of one size.
private struct Builder {
    let bottleneck: Int, shape: ImageShape, classes: Int

    /// The latent map of the convolutional networks.
    private var map: [Int] { [bottleneck, shape.height >> Architecture.halvings, shape.width >> Architecture.halvings] }
    private var mapSize: Int { map.reduce(1, *) }
    private var image: [NamedLayer] { [NamedLayer("image", Unflatten(shape.axes))] }
    private var flatten: [NamedLayer] { [NamedLayer("flatten", Flatten())] }

    func layers(of architecture: Architecture) -> [NamedLayer] {
        let k = bottleneck, pixels = shape.count
        switch architecture {
        case .simple:
            return flatten + [NamedLayer("encoder.0", Linear(pixels, k)), NamedLayer("z", Latent([k])), NamedLayer("decoder.0", Linear(k, pixels))] + image
        case .ae:
            return flatten + numbered("encoder", denseEncoder(pixels) + [ReLU(), Linear(32, k)]) + [NamedLayer("z", Latent([k]))]
                + numbered("decoder", denseDecoder(k)) + image
        case .conv:
            return numbered("encoder", convolutionalEncoder) + [NamedLayer("z", Latent(map))] + numbered("decoder", convolutionalDecoder)
        case .vae:
            return flatten + numbered("encoder", denseEncoder(pixels)) + heads(32) + numbered("decoder", denseDecoder(k)) + image
        case .cvae:
            return flatten + labels("input_labels") + numbered("encoder", denseEncoder(pixels + classes)) + heads(32) + labels("z_labels")
                + numbered("decoder", denseDecoder(k + classes)) + image
        case .convVAE:
            return numbered("encoder", convolutionalEncoder + [Flatten()]) + heads(mapSize)
                + numbered("decoder", [Linear(k, mapSize), Unflatten(map)] + convolutionalDecoder)
        case .convCVAE:
            return flatten + labels("input_labels")
                + numbered("encoder", [Linear(pixels + classes, pixels), Unflatten(shape.axes)] + convolutionalEncoder + [Flatten()]) + heads(mapSize)
                + labels("z_labels") + numbered("decoder", [Linear(k + classes, mapSize), Unflatten(map)] + convolutionalDecoder)
        case .reader:
            return flatten + [NamedLayer("fc1", Linear(pixels, 50)), NamedLayer("relu", ReLU()), NamedLayer("fc2", Linear(50, classes))]
        }
    }

    private func labels(_ name: String) -> [NamedLayer] { [NamedLayer(name, ConcatLabels(classes))] }

    /// The layers of a torch.nn.Sequential.
    private func numbered(_ name: String, _ layers: [any LayerDescription]) -> [NamedLayer] {
        layers.enumerated().map { NamedLayer("\(name).\($0.offset)", $0.element) }
    }

    private func heads(_ width: Int) -> [NamedLayer] {
        [NamedLayer("fn_mu", Linear(width, bottleneck)), NamedLayer("fn_logvar", Linear(width, bottleneck)), NamedLayer("z", Gaussian(bottleneck))]
    }

    private func denseEncoder(_ width: Int) -> [any LayerDescription] {
        [Linear(width, 128), ReLU(), Linear(128, 64), ReLU(), Linear(64, 32)]
    }

    private func denseDecoder(_ width: Int) -> [any LayerDescription] {
        [Linear(width, 32), ReLU(), Linear(32, 64), ReLU(), Linear(64, 128), ReLU(), Linear(128, shape.count), Sigmoid()]
    }

    private var convolutionalEncoder: [any LayerDescription] {
        func halve(_ from: Int, _ to: Int, bias: Bool) -> Conv2d { Conv2d(from, to, kernelSize: 3, stride: 2, padding: 1, bias: bias) }
        return [halve(shape.channels, 8, bias: false), BatchNorm2d(8), ReLU(), halve(8, 16, bias: false), BatchNorm2d(16), ReLU(), halve(16, bottleneck, bias: true)]
    }

    private var convolutionalDecoder: [any LayerDescription] {
        func double(_ from: Int, _ to: Int) -> ConvTranspose2d { ConvTranspose2d(from, to, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1) }
        return [double(bottleneck, 16), BatchNorm2d(16), ReLU(), double(16, 8), BatchNorm2d(8), ReLU(), double(8, shape.channels), Sigmoid()]
    }
}

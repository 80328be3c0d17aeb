import Layers
import Tensors

/// A layer of a model, under the name that PyTorch's `state_dict` gives it: "encoder.0".
public struct NamedLayer: Sendable {
    public let name: String
    public let layer: any LayerDescription

    public init(_ name: String, _ layer: any LayerDescription) { (self.name, self.layer) = (name, layer) }

    /// As a file lists it: `encoder.0: Linear(1024, 128)`.
    public var text: String { "\(name): \(layer.text)" }
}

/// A network as data: its layers in the order in which they run. A tool can run an architecture that it has never heard of.
///
/// An auto-encoder has one `Latent` or `Gaussian` layer, which ends its encoder; a reader has none. The two layers before a `Gaussian`
/// are Linear layers with the same input, mu's and the log-variance's.
public struct ModelDescription: Sendable {
    /// The report's name of the network, or that of the file which described it.
    public let architecture: String
    /// Latent numbers, or channels of a latent map.
    public let bottleneck: Int
    /// Classes of the labels that the network takes; 0 for an unconditional one.
    public let classes: Int
    public let inputShape: ImageShape
    public let layers: [NamedLayer]
    /// The output shape of each layer.
    public let outputShapes: [[Int]]
    /// The index of the `Latent` or `Gaussian` layer.
    public let latentIndex: Int?

    /// More numbers than this in one activation or one tensor are refused: no network of 32 x 32 images comes near.
    public static let largest = 1 << 28

    /// Throws `ModelError`, which names the layer, where the layers do not fit each other.
    public init(architecture: String, bottleneck: Int, classes: Int, inputShape: ImageShape, layers: [NamedLayer]) throws(ModelError) {
        (self.architecture, self.bottleneck, self.classes) = (architecture, bottleneck, classes)
        (self.inputShape, self.layers) = (inputShape, layers)
        guard Self.isSmall(inputShape.axes) else { throw ModelError("takes images of \(inputShape), which are too large") }
        outputShapes = try Self.shapes(inputShape.axes, layers)
        let latents = layers.indices.filter { layers[$0].layer is Latent || layers[$0].layer is Gaussian }
        guard latents.count <= 1 else { throw ModelError("has two latents, \(layers[latents[0]].name) and \(layers[latents[1]].name)") }
        latentIndex = latents.first
        for named in layers {
            if let labels = named.layer as? ConcatLabels, labels.classes != classes {
                throw ModelError("\(named.name): takes \(labels.classes) classes, but the model has \(classes)")
            }
        }
        guard layers.contains(where: { named in
            !(named.layer is Flatten || named.layer is Unflatten || named.layer is Identity || named.layer is ConcatLabels || named.layer is Latent)
        }) else {
            throw ModelError("has no layer that computes")
        }
        if latentIndex != nil, outputShapes.last != inputShape.axes {
            throw ModelError("\(layers[layers.count - 1].name): an auto-encoder ends with an image of \(inputShape), not \(outputShapes.last!)")
        }
    }

    private static func shapes(_ inputShape: [Int], _ layers: [NamedLayer]) throws(ModelError) -> [[Int]] {
        guard !layers.isEmpty else { throw ModelError("has no layers") }
        var shape = inputShape, shapes: [[Int]] = [], names: Set<String> = []
        for (index, named) in layers.enumerated() {
            guard Names.isLayer(named.name) else { throw ModelError("layer \(index) has a name that is not words of letters, digits, _ and -, joined by dots") }
            guard names.insert(named.name).inserted else { throw ModelError("two layers are called \(named.name)") }
            do {
                let isLogvar = index + 1 < layers.count && layers[index + 1].layer is Gaussian
                if isLogvar { try checkHeads(layers, before: index + 1) }
                // mu's layer and the log-variance's read the same input; together they give [mu, logvar].
                let input = isLogvar ? (index >= 2 ? shapes[index - 2] : inputShape) : shape
                let output = try named.layer.outputShape(of: input)
                shape = isLogvar ? [shape[0] + output[0]] : output
                guard isSmall(output), named.layer.parameters.allSatisfy({ isSmall($0.shape) }) else { throw LayerError("is too large") }
                shapes.append(output)
            } catch {
                throw ModelError("\(named.name): \((error as? LayerError)?.description ?? "\(error)")")
            }
        }
        return shapes
    }

    /// Whether a tensor of this shape has at most `largest` numbers.
    private static func isSmall(_ shape: [Int]) -> Bool {
        var count = 1
        return shape.allSatisfy { axis in
            let (product, overflow) = count.multipliedReportingOverflow(by: axis)
            count = product
            return !overflow && product <= largest
        }
    }

    private static func checkHeads(_ layers: [NamedLayer], before index: Int) throws(LayerError) {
        guard index >= 2, let mu = layers[index - 2].layer as? Linear, let logvar = layers[index - 1].layer as? Linear,
              mu.inFeatures == logvar.inFeatures, mu.outFeatures == logvar.outFeatures else {
            throw LayerError("Gaussian follows two equal Linear layers, mu's and the log-variance's")
        }
    }
}

extension ModelDescription {
    public var isVariational: Bool { latentIndex.map { layers[$0].layer is Gaussian } ?? false }
    public var isConditional: Bool { layers.contains { $0.layer is ConcatLabels } }
    /// A classifier of images: it has no latent.
    public var isReader: Bool { latentIndex == nil }

    /// [k], or [k, height, width] for a latent map; nil for a reader.
    public var latentShape: [Int]? { latentIndex.map { outputShapes[$0] } }
    /// The numbers of one latent; 0 for a reader.
    public var latentCount: Int { latentShape?.reduce(1, *) ?? 0 }
    public var inputCount: Int { inputShape.count }
    public var outputCount: Int { outputShapes[outputShapes.count - 1].reduce(1, *) }

    /// The shape that a layer is given.
    public func inputShape(of index: Int) -> [Int] {
        let isLogvar = index + 1 < layers.count && layers[index + 1].layer is Gaussian
        if layers[index].layer is Gaussian { return [2 * outputShapes[index][0]] }
        let before = isLogvar ? index - 2 : index - 1
        return before < 0 ? inputShape.axes : outputShapes[before]
    }

    /// Every tensor under its name in PyTorch's `state_dict`.
    public var parameters: [(name: String, description: ParameterDescription)] {
        layers.flatMap { named in named.layer.parameters.map { ("\(named.name).\($0.name)", $0) } }
    }

    /// Trainable parameters.
    public var parameterCount: Int { layers.reduce(0) { $0 + $1.layer.parameterCount } }

    /// True multiply-adds an image: of one layer, and of all.
    public func multiplyAdds(of index: Int) -> Int { layers[index].layer.multiplyAdds(of: inputShape(of: index)) }
    public var multiplyAdds: Int { layers.indices.reduce(0) { $0.addingClamped(multiplyAdds(of: $1)) } }
}

/// What is wrong with a network's layers; one line, which names the layer.
public struct ModelError: Error, CustomStringConvertible, Equatable {
    public let description: String
    public init(_ description: String) { self.description = description }
}

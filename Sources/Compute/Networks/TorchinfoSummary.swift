import Layers

/// A network in torchinfo's terms (version 1.8), of which the report's figures 18 to 20 are tables.
public struct TorchinfoSummary {
    /// A module of the PyTorch network: the network itself, a Sequential, or a layer.
    public struct Row: Sendable, Equatable {
        /// The class's name, and how deep the module lies; 0 is the network.
        public let type: String, depth: Int
        /// Counts the modules of that depth from 1; 0 for the network.
        public let index: Int
        /// With the batch axis.
        public let outputShape: [Int]
        /// A layer's own; 0 for a module that holds others.
        public let parameters: Int
    }

    public let rows: [Row]
    public let parameters: Int, multiplyAdds: Int
    /// Bytes of the input, of the activations forward and backward, and of the parameters, all float32.
    public let inputBytes: Int, passBytes: Int, parameterBytes: Int

    /// Torchinfo counts a layer's parameters, biases and all, once an image, and for convolutions once an output position; so it counts a
    /// ConvTranspose2d at the output's resolution, where the report's network has 1.95 million multiply-adds for four images but does 0.77.
    /// Its activations are the outputs of layers with parameters, twice.
    /// - Parameter images: the batch; the report's figures have 4.
    public init(_ model: ModelDescription, images: Int) {
        var adds = 0, outputs = 0
        for (index, named) in model.layers.enumerated() where named.layer.parameterCount > 0 {
            let shape = model.outputShapes[index]
            let positions = named.layer is Conv2d || named.layer is ConvTranspose2d ? shape[1] * shape[2] : 1
            adds = adds.addingClamped(named.layer.parameterCount.multipliedClamped(by: images * positions))
            outputs += shape.reduce(1, *)
        }
        rows = Self.rows(model, images)
        parameters = model.parameterCount
        multiplyAdds = adds
        inputBytes = images * model.inputCount * 4
        passBytes = 2 * 4 * images * outputs
        parameterBytes = 4 * parameters
    }

    /// Modules in the order in which they run. The names of a `state_dict` tell which layers a Sequential holds: those of `encoder.0`, `encoder.1`...
    private static func rows(_ model: ModelDescription, _ images: Int) -> [Row] {
        let title = Architecture(rawValue: model.architecture)?.className ?? model.architecture
        var rows = [Row(type: title, depth: 0, index: 0, outputShape: [images] + (model.latentShape ?? model.outputShapes.last!), parameters: 0)]
        var counts: [Int: Int] = [:], parents: [Substring] = []
        func add(_ type: String, depth: Int, _ layer: Int, parameters: Int) {
            counts[depth, default: 0] += 1
            rows.append(Row(type: type, depth: depth, index: counts[depth]!, outputShape: [images] + model.outputShapes[layer], parameters: parameters))
        }
        let modules = model.layers.indices.filter { isModule(model.layers[$0]) }
        for index in modules {
            let named = model.layers[index], path = named.name.split(separator: ".", omittingEmptySubsequences: false).dropLast()
            for depth in path.indices where path.prefix(depth + 1) != parents.prefix(depth + 1) {
                let holder = path.prefix(depth + 1).joined(separator: ".") + "."
                // A Sequential gives what the last of its layers gives.
                let last = modules.drop { $0 < index }.prefix { model.layers[$0].name.hasPrefix(holder) }.last ?? index
                add("Sequential", depth: depth + 1, last, parameters: 0)
            }
            parents = Array(path)
            add(type(of: named.layer).type, depth: path.count + 1, index, parameters: named.layer.parameterCount)
        }
        return rows
    }

    /// Whether PyTorch has a module for the layer. A network's `forward` itself samples, appends labels and, outside a Sequential, changes shapes.
    private static func isModule(_ named: NamedLayer) -> Bool {
        switch named.layer {
        case is Latent, is Gaussian, is ConcatLabels: false
        case is Flatten, is Unflatten: named.name.contains(".")
        default: true
        }
    }
}

extension Architecture {
    /// The class in the report's listings and figures.
    var className: String {
        switch self {
        case .simple: "SimpleAEncoder"
        case .ae: "AEncoder"
        case .conv: "ConvolutionalAE Encoder"
        case .vae: "VariationalAutoEncoder"
        case .convVAE: "ConvVariationalAutoEncoder"
        case .cvae: "CondVariationalAutoEncoder"
        case .convCVAE: "CondConvVariationalAutoEncoder"
        case .reader: "NN"
        }
    }
}

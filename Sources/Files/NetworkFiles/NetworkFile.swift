import Layers
import Networks
import Tensors
import YAMLFiles

/// A network of the user's own, as a YAML file: `encoder` and `decoder`, lists of layers as PyTorch prints them, and between them `latent`, which is `Latent(shape)` for
/// a deterministic auto-encoder and `Gaussian(k)` for a variational one. `Schemas/README.md` specifies it.
public enum NetworkFile {
    /// Whether `--model` names a file rather than a network.
    public static func isFile(_ name: String) -> Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }

    /// The network that a file describes, for images [1, 32, 32]. Throws `SystemError`, and `YAMLError` with the line of what is wrong.
    public static func read(_ path: String) throws -> ModelDescription { try model(YAMLFile.read(path)) }

    static func model(_ root: YAMLNode) throws(YAMLError) -> ModelDescription {
        let file = try root.mapping("a network", keys: ["name", "encoder", "latent", "decoder"])
        let name = try name(file)
        var builder = Builder()
        try builder.add(file.required("encoder"), as: "encoder")
        try builder.addLatent(file.required("latent"))
        try builder.add(file.required("decoder"), as: "decoder")
        return try builder.model(name, root)
    }

    /// The key `name`, or the file's name without its ending.
    private static func name(_ file: YAMLMapping) throws(YAMLError) -> String {
        let node = file["name"] ?? file.node
        let last = file.node.path.split(separator: "/").last.map(String.init) ?? ""
        let name = try file["name"]?.text("name") ?? String(last[..<(last.lastIndex(of: ".") ?? last.endIndex)])
        guard Names.isNetwork(name) else { throw node.error("'\(name.shown)' is no network's name: up to 40 letters, digits, _, - and dots") }
        guard Architecture(rawValue: name) == nil, name != ComponentAnalysis.architecture else {
            throw node.error("a network of your own cannot be called '\(name)', as a built-in one is; the key name gives it another name")
        }
        return name
    }

    private struct Builder {
        private var layers: [NamedLayer] = []
        private var shape = Self.image, classes = 0, bottleneck = 0, parameters = 0
        private static let image = [1, 32, 32]
        /// More numbers than this in an activation of one image, and more parameters in all, are refused: training them takes 2 GiB and more.
        private static let mostLayers = 1000, largestActivation = 1 << 20, largestParameters = 1 << 28

        /// The layers of one torch.nn.Sequential.
        mutating func add(_ list: YAMLNode, as group: String) throws(YAMLError) {
            var number = 0, last = list
            for item in try list.items(group) {
                let layer = try Self.layer(item, group)
                if let labels = layer as? ConcatLabels {
                    // No module of PyTorch's: it takes no number.
                    try check(labels, item)
                    try add(NamedLayer("\(group)_labels" + (number == 0 ? "" : "_\(number)"), layer), item)
                } else {
                    try add(NamedLayer("\(group).\(number)", layer), item)
                    number += 1
                }
                last = item
            }
            guard group == "encoder" || shape == Self.image else {
                throw last.error("the decoder ends with \(shape), not with an image of \(Self.image); Unflatten(1, 32, 32) makes one of 1024 numbers")
            }
        }

        /// `Latent(shape)` marks what the encoder gives; `Gaussian(k)` brings the two Linear layers that give mu and logvar of it.
        mutating func addLatent(_ node: YAMLNode) throws(YAMLError) {
            let layer = try Self.parse(node, "latent")
            if let gaussian = layer as? Gaussian {
                guard shape.count == 1 else { throw node.error("latent: Gaussian takes [features], not \(shape); Flatten() makes them") }
                let width = shape[0], heads = ["mu", "logvar"].map { NamedLayer("fn_\($0)", Linear(width, gaussian.size)) }
                for head in heads {
                    shape = [width]
                    try add(head, node)
                }
                layers.append(NamedLayer("z", gaussian))
                bottleneck = gaussian.size
            } else if let latent = layer as? Latent {
                try add(NamedLayer("z", latent), node)
                bottleneck = latent.shape[0]
            } else {
                throw node.error("latent is \(layer.text), neither Latent nor Gaussian")
            }
            guard bottleneck <= 4096 else { throw node.error("the latent has \(bottleneck) numbers or channels, more than 4096") }
        }

        private mutating func add(_ named: NamedLayer, _ node: YAMLNode) throws(YAMLError) {
            do {
                shape = try named.layer.outputShape(of: shape)
            } catch {
                throw node.error("\(named.name): \(error)")
            }
            guard shape.reduce(1.0, { $0 * Double($1) }) <= Double(Self.largestActivation) else { throw node.error("\(named.name): gives \(shape), which is too large") }
            parameters += named.layer.parameterCount
            guard parameters <= Self.largestParameters else { throw node.error("\(named.name): so far the network has \(parameters) parameters, more than \(Self.largestParameters)") }
            layers.append(named)
            guard layers.count <= Self.mostLayers else { throw node.error("\(named.name): more than \(Self.mostLayers) layers") }
        }

        private mutating func check(_ labels: ConcatLabels, _ node: YAMLNode) throws(YAMLError) {
            guard labels.classes <= 256, classes == 0 || labels.classes == classes else {
                throw node.error("ConcatLabels has \(labels.classes) classes" + (classes > 0 ? ", but \(classes) before" : ", more than 256"))
            }
            classes = labels.classes
        }

        private static func layer(_ node: YAMLNode, _ group: String) throws(YAMLError) -> any LayerDescription {
            let layer = try parse(node, group)
            guard !(layer is Latent || layer is Gaussian) else { throw node.error("\(group): \(layer.text) stands under the key latent, not among the layers") }
            return layer
        }

        /// A layer as PyTorch prints it, or as Python calls it: `nn.Linear(1024, 128)`.
        private static func parse(_ node: YAMLNode, _ group: String) throws(YAMLError) -> any LayerDescription {
            var text = try node.text("a layer of \(group)")
            for prefix in ["torch.", "nn."] where text.hasPrefix(prefix) { text.removeFirst(prefix.count) }
            do {
                return try LayerText.parse(text)
            } catch {
                throw node.error("\(group): \(error)")
            }
        }

        func model(_ name: String, _ root: YAMLNode) throws(YAMLError) -> ModelDescription {
            do {
                return try ModelDescription(architecture: name, bottleneck: bottleneck, classes: classes, inputShape: ImageShape(Self.image)!, layers: layers)
            } catch {
                throw root.error("\(error)")
            }
        }
    }
}

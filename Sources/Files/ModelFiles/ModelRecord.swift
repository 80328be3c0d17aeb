import HDF5Library
import HDF5Reader
import Layers
import Networks
import SystemFiles
import Tensors
import Texts

/// /model: the network's layers and weights.
public enum ModelRecord {
    /// Bytes of text that a layer list may have.
    static let largestText = 1 << 20
    /// What a file may say of a network, whatever its layers make of it.
    static let bottlenecks = 0...4096, classes = 0...(1 << 16), sides = 1...(1 << 14)

    static func write(_ network: Network, _ preprocess: PreprocessRecord, to root: Group) throws {
        let model = network.description, group = try root.add("model", .model)
        try group.setAttribute("architecture", to: model.architecture)
        try group.setAttribute("bottleneck", to: Int64(model.bottleneck))
        try group.setAttribute("classes", to: Int64(model.classes))
        try group.setAttribute("input_shape", to: model.inputShape.axes.map { Int64($0) })
        try group.add(model.layers.map(\.text), as: "layers")
        try writeWeights(network, to: group)
        try preprocess.write(to: root)
    }

    /// Adds weights/<name> for every tensor.
    static func writeWeights(_ network: Network, to group: Group) throws {
        let weights = try group.add("weights", .weights)
        for (name, parameter) in network.parameters { try write(parameter, as: name, to: weights) }
    }

    private static func write(_ parameter: Parameter, as name: String, to weights: Group) throws {
        if parameter.description.role == .counter {
            try weights.add([parameter.counter], shape: [], as: name)
        } else {
            try weights.add(UnsafeBufferPointer(parameter.values), shape: parameter.description.shape, as: name)
        }
    }

    /// The network that a file describes, without its weights. Throws `HDF5Error` where the layers do not make one.
    public static func description(_ root: StoredGroup) throws -> ModelDescription {
        let group = try root.group("model")
        let list = try group.dataset("layers")
        guard list.byteCount <= largestText else { throw list.error("is \(list.byteCount) bytes of text, above \(largestText)") }
        let shape: [Int64] = try group.attribute("input_shape")
        guard shape.allSatisfy({ sides.contains(Int($0)) }), let input = ImageShape(shape.map { Int($0) }) else {
            throw group.error("input_shape is \(shape), not three numbers of \(sides)")
        }
        let (bottleneck, classes) = (try group.integer("bottleneck", in: bottlenecks), try group.integer("classes", in: classes))
        do {
            return try description(group.attribute("architecture"), bottleneck, classes, input, group.lines("layers"))
        } catch let error as ModelError {
            throw list.error(error.description)
        }
    }

    /// The network that a file's list of layers makes. Throws `ModelError`.
    static func description(_ architecture: String, _ bottleneck: Int, _ classes: Int, _ inputShape: ImageShape, _ lines: [String]) throws(ModelError) -> ModelDescription {
        var layers: [NamedLayer] = []
        for line in lines { layers.append(try layer(line)) }
        return try ModelDescription(architecture: architecture, bottleneck: bottleneck, classes: classes, inputShape: inputShape, layers: layers)
    }

    /// A layer of the list: `name: Type(arguments)`.
    private static func layer(_ text: String) throws(ModelError) -> NamedLayer {
        guard let colon = text.range(of: ": ") else { throw ModelError("'\(text.printable)' is not 'name: Type(arguments)'") }
        let name = String(text[..<colon.lowerBound])
        guard !name.isEmpty, name.utf8.count <= 100, name.unicodeScalars.allSatisfy({ $0.isASCII && ($0.properties.isAlphabetic || "_.-0123456789".unicodeScalars.contains($0)) }) else {
            throw ModelError("'\(name.printable)' is no layer's name")
        }
        do {
            return NamedLayer(name, try LayerText.parse(String(text[colon.upperBound...])))
        } catch {
            throw ModelError("\(name): \(error)")
        }
    }

    /// Loads the weights of a network that `description` gave. Throws `HDF5Error` for a tensor that is missing, has another type or shape, is
    /// damaged, or holds a number that is not finite.
    public static func load(_ network: Network, from root: StoredGroup) throws {
        try load(network.parameters[...], from: root.group("model/weights"))
    }

    private static func load(_ parameters: ArraySlice<(name: String, parameter: Parameter)>, from weights: StoredGroup) throws {
        for (name, parameter) in parameters {
            if parameter.description.role == .counter {
                parameter.counter = try weights.values(name, shape: [], as: Int64.self)[0]
            } else {
                try weights.load(name, shape: parameter.description.shape, into: parameter.values)
            }
        }
    }

    /// The SHA-256 of a network's layers and weights, in their order: what tells networks apart.
    public static func digest(_ network: Network) -> [UInt8] {
        var digest = SHA256()
        for layer in network.description.layers { digest.update(Array(layer.text.utf8)) }
        for (_, parameter) in network.parameters { digest.update(UnsafeRawBufferPointer(parameter.values)) }
        return digest.finalize()
    }

    /// Opens a model file: its network, with weights.
    public static func network(of file: StoredFile) throws -> Network {
        guard file.kind == .model else { throw file.root.error("holds \(file.kind.rawValue), not a model") }
        let network = Network(try description(file.root))
        try load(network, from: file.root)
        return network
    }

    /// Opens a model file's decoder: the network, of which the decoder alone has its weights, for the encoder's are not read.
    ///
    /// - Parameter epoch: the epoch whose weights are wanted, where the file keeps them; nil for the last.
    /// - Throws: `HDF5Error`, as for a reader, which has no decoder.
    public static func decoder(of file: StoredFile, epoch: Int? = nil) throws -> Network {
        guard file.kind == .model else { throw file.root.error("holds \(file.kind.rawValue), not a model") }
        let network = Network(try description(file.root))
        guard !network.description.isReader else { throw file.root.error("is a reader: it has no latent and decodes nothing") }
        let weights = try epoch.map { try EpochSnapshot.part(.weights, of: $0, in: file.root).group("weights") } ?? file.root.group("model/weights")
        try load(network.parameters(of: network.decoder), from: weights)
        return network
    }
}

extension String {
    /// The first occurrence of `text`.
    fileprivate func range(of text: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}

extension StoredGroup {
    /// Reads finite float32 numbers of `shape` into memory.
    func load(_ name: String, shape: [Int], into target: UnsafeMutableBufferPointer<Float>) throws {
        let dataset = try dataset(name)
        try dataset.check(Float.self, shape)
        try dataset.read(into: target)
        try dataset.check(SHA256.digest(UnsafeRawBufferPointer(target)))
        guard target.allSatisfy(\.isFinite) else { throw dataset.error("holds numbers that are not finite") }
    }
}

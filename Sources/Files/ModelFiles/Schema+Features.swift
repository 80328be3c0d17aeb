import HDF5Types
import Layers

extension Schema {
    /// What a reader of schema 1.0 cannot run: images other than [1, 32, 32], labels of 16 bits, networks that take more classes than a byte counts.
    public static let imagesFeature = "images-1.1"
    /// Layers that schema 1.0 does not have, or arguments of its layers that it does not have.
    public static let layersFeature = "layers-1.1"

    /// The features that a file requires of its readers, by what is in it; [] for one that is of schema 1.0's form throughout.
    ///
    /// Throws `HDF5Error` where the file is damaged. What is not as the schema has it uses no feature.
    static func features(of root: some ReadableGroup) throws -> [String] { 
        try (usesImages(root) ? [imagesFeature] : []) + (usesLayers(root) ? [layersFeature] : [])
    }

    /// The layers of schema 1.0, each with those of its arguments that are named; others are whole numbers.
    private static let firstLayers: [Substring: Set<Substring>] = [
        "Linear": [], "Conv2d": ["kernel_size", "stride", "padding", "bias"], "ConvTranspose2d": ["kernel_size", "stride", "padding", "output_padding", "bias"],
        "BatchNorm2d": [], "ReLU": [], "Sigmoid": [], "Flatten": [], "Unflatten": [], "ConcatLabels": [], "Latent": [], "Gaussian": [],
    ]

    private static func usesLayers(_ root: some ReadableGroup) throws -> Bool {
        guard try root.contains("model"), try !root.holdsDataset("model"), try root.group("model").contains("layers") else { return false }
        let lines = (try? root.dataset("model/layers").texts()) ?? []
        return lines.contains { line in
            // What is no layer at all is another rule's.
            guard let colon = line.firstIndex(of: ":"), let open = line.firstIndex(of: "("), colon < open, line.last == ")",
                  (try? LayerText.parse(String(line[line.index(after: colon)...].drop { $0 == " " }))) != nil else { return false }
            guard let named = firstLayers[line[line.index(after: colon)..<open].drop { $0 == " " }] else { return true }
            return line[line.index(after: open)...].dropLast().split(separator: ",").contains { argument in
                let parts = argument.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { return Int(parts.first ?? "") == nil }
                return !named.contains(parts[0]) || (Int(parts[1]) == nil && parts[1] != "True" && parts[1] != "False")
            }
        }
    }

    private static func usesImages(_ root: some ReadableGroup) throws -> Bool {
        if try root.contains("model"), try !root.holdsDataset("model") {
            let model = try root.group("model"), shape = try? model.attribute("input_shape", as: [Int64].self), classes = try? model.attribute("classes", as: Int64.self)
            if let shape, shape.count == 3, shape.allSatisfy({ $0 > 0 }), shape != [1, 32, 32] { return true }
            if let classes, classes > 256 { return true }
        }
        for parent in try [root] + groups("epochs", of: root) {
            for split in try groups("latents", of: parent) where try hasWideLabels(split) { return true }
            for split in try groups("reconstructions", of: parent) where try hasWideLabels(split) || hasOtherImages(split) { return true }
        }
        return false
    }

    private static func hasWideLabels(_ group: some ReadableGroup) throws -> Bool {
        try group.holdsDataset(LabelRecord.labels) && group.dataset(LabelRecord.labels).elementType == .uint16
    }

    private static func hasOtherImages(_ group: some ReadableGroup) throws -> Bool {
        guard try group.holdsDataset("images") else { return false }
        let shape = try group.dataset("images").shape
        return shape.count == 4 && shape.dropFirst() != [1, 32, 32]
    }

    /// The groups in the group `name`; none where that is missing or no group.
    private static func groups<Group: ReadableGroup>(_ name: String, of parent: Group) throws -> [Group] {
        guard try parent.contains(name), try !parent.holdsDataset(name) else { return [] }
        let group = try parent.group(name)
        return try group.names().filter { try !group.holdsDataset($0) }.map { try group.group($0) }
    }
}

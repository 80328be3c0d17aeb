import HDF5Types

extension Schema {
    /// What a reader of schema 1.0 cannot run: images other than [1, 32, 32], labels of 16 bits, networks that take more classes than a byte counts.
    public static let imagesFeature = "images-1.1"

    /// The features that a file requires of its readers, by what is in it; [] for one that is of schema 1.0's form throughout.
    ///
    /// Throws `HDF5Error` where the file is damaged. What is not as the schema has it uses no feature.
    static func features(of root: some ReadableGroup) throws -> [String] { try usesImages(root) ? [imagesFeature] : [] }

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

import HDF5Reader

extension Score {
    /// The confusion matrix [classes][classes] of /scores/<name>: rows the true class, columns the class read. Throws `HDF5Error`.
    public static func confusion(_ name: String, in root: StoredGroup) throws -> [[Int]] {
        let group = try root.group("scores/\(name)"), dataset = try group.dataset("confusion"), classes = dataset.shape.first ?? 0
        guard dataset.shape == [classes, classes], (1...256).contains(classes) else { throw dataset.error("has shape \(dataset.shape), not [C, C]") }
        let counts: [Int64] = try group.values("confusion")
        guard counts.allSatisfy({ (0...1 << 40).contains($0) }) else { throw dataset.error("holds numbers that are no counts") }
        return (0..<classes).map { row in counts[row * classes..<(row + 1) * classes].map { Int($0) } }
    }
}

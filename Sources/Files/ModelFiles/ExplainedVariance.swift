import HDF5Reader

/// The variance that the components of a principal component analysis explain, as a file keeps it beside its network.
public enum ExplainedVariance {
    /// The components that the network keeps, and the share 0...1 of the variance for all that there are, the greatest first; nil where the file holds no
    /// such analysis. Throws `HDF5Error`.
    public static func read(_ root: StoredGroup) throws -> (kept: Int, shares: [Double])? {
        guard root.contains("components/explained_variance_ratio") else { return nil }
        let group = try root.group("components"), components = try group.dataset("components"), shares: [Double] = try group.values("explained_variance_ratio")
        guard shares.allSatisfy({ (0...1.000001).contains($0) }), !shares.isEmpty else {
            throw try group.dataset("explained_variance_ratio").error("holds numbers that are no shares of a variance")
        }
        guard components.shape.count == 2, (1...shares.count).contains(components.shape[0]) else {
            throw components.error("has shape \(components.shape), not [k, features] with up to \(shares.count) components")
        }
        return (components.shape[0], shares)
    }
}

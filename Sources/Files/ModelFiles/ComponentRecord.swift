import HDF5Library
import HDF5Reader
import Networks

/// /components: the principal component analysis that a model of architecture `pca` stands for.
public struct ComponentRecord {
    public let analysis: ComponentAnalysis
    /// The SHA-256 of the images that were analysed and of those of the test split, with their labels, as /training has it.
    public let dataDigest: [UInt8]

    public init(_ analysis: ComponentAnalysis, dataDigest: [UInt8]) { (self.analysis, self.dataDigest) = (analysis, dataDigest) }

    func write(to root: Group) throws {
        let group = try root.add("components", .components), features = analysis.features
        try group.setAttribute("images", to: Int64(analysis.count))
        try group.setAttribute("standardize", to: Int64(analysis.isStandardized ? 1 : 0))
        try group.setAttribute("data_sha256", to: dataDigest)
        try group.add(analysis.mean, as: "mean")
        try group.add(analysis.scale, as: "scale")
        try group.add(analysis.components, shape: [analysis.kept, features], as: "components")
        try group.add(analysis.explainedVariance, as: "explained_variance")
        try group.add(analysis.explainedVarianceRatio, as: "explained_variance_ratio")
    }

    /// Reads /components; nil where there is none. Throws `HDF5Error` for arrays that do not fit each other or hold numbers that are not finite.
    public init?(_ root: StoredGroup) throws {
        guard root.contains("components") else { return nil }
        let group = try root.group("components"), shape = try group.dataset("components").shape
        guard shape.count == 2, shape.allSatisfy({ $0 > 0 }) else { throw try group.dataset("components").error("has shape \(shape), not [k, features]") }
        func numbers(_ name: String, _ shape: [Int]) throws -> [Double] {
            let values: [Double] = try group.values(name, shape: shape)
            guard values.allSatisfy(\.isFinite) else { throw try group.dataset(name).error("holds numbers that are not finite") }
            return values
        }
        let features = [shape[1]], variance: [Double] = try group.values("explained_variance"), ratio: [Double] = try group.values("explained_variance_ratio")
        guard variance.count >= shape[0], ratio.count == variance.count, (variance + ratio).allSatisfy(\.isFinite) else {
            throw try group.dataset("explained_variance").error("is not a finite number for each of \(shape[0]) components or more")
        }
        // Of all components the ratios are parts of one; of the first alone, of what they say.
        let total = ratio[0] > 0 && variance.count < shape[1] ? variance[0] / ratio[0] : variance.reduce(0, +)
        analysis = ComponentAnalysis(mean: try numbers("mean", features), scale: try numbers("scale", features), components: try numbers("components", shape),
                                     explainedVariance: variance, totalVariance: total, count: try group.integer("images", in: 2...Int.max),
                                     isStandardized: try group.flag("standardize"))
        dataDigest = try group.attribute("data_sha256")
    }
}

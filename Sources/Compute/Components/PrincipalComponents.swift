import Networks

/// Principal component analysis: the directions in which data vary most (Pearson 1901; Smith 2002 is the report's source).
///
/// They are the eigenvectors of the covariance, and the eigenvalues are the variances along them. The report's example, rows (1, 2, 4), (3, 4, 3)
/// and (5, 6, 4): mean (3, 4, 11/3); covariance [[4, 4, 0], [4, 4, 0], [0, 0, 1/3]]; variances 8, 1/3 and 0; components (0.7071, 0.7071, 0), (0, 0, 1) and
/// (0.7071, -0.7071, 0); projections (-2.8284, 1/3, 0), (0, -2/3, 0) and (2.8284, 1/3, 0). The report has them in the order of numpy.linalg.eig; it
/// says of the largest eigenvalues "be it positive or negative", but a covariance has none below zero.
public enum PrincipalComponents {
    /// The analysis of data whose covariance was accumulated. Equals scikit-learn's PCA, sign included; standardised, its StandardScaler and PCA in line.
    ///
    /// - Parameters:
    ///   - kept: the components to keep, k, at most as many as there are features or rows.
    ///   - standardized: whether to divide each feature by its standard deviation (divisor n), as the report's first step says; constant features
    ///     stay as they are.
    ///   - unit: what one unit of the accumulated numbers is to the network: 1/255 for bytes of pixels.
    /// - Throws: `ComponentsError` for fewer than two rows, more components than there can be, and numbers that are not finite.
    public static func analysis(of data: Covariance, kept: Int, standardized: Bool = false, unit: Double = 1) throws(ComponentsError) -> ComponentAnalysis {
        let features = data.features, most = min(features, data.count)
        var matrix = try data.matrix()
        guard (1...most).contains(kept) else { throw ComponentsError("\(kept) components of \(data.count) rows of \(features) features: there are 1 to \(most)") }
        let deviations = (0..<features).map { matrix[$0 * features + $0] * unit * unit * Double(data.count - 1) / Double(data.count) }.map { $0.squareRoot() }
        let scale = deviations.map { standardized && $0 > 0 ? $0 : 1 }
        for i in 0..<features {
            for j in 0..<features { matrix[i * features + j] *= unit / scale[i] * (unit / scale[j]) }
        }
        let eigen = try Eigen(symmetric: matrix, size: features)
        return ComponentAnalysis(mean: data.mean.map { $0 * unit }, scale: scale, components: Array(eigen.vectors[..<kept].joined()),
                                 // Below zero is round-off.
                                 explainedVariance: eigen.values.map { max($0, 0) }, count: data.count, isStandardized: standardized)
    }
}

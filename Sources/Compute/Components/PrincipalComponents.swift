import Networks

/// Principal component analysis: the directions in which data vary most (Pearson 1901; Smith 2002 is the report's source).
///
/// They are the eigenvectors of the covariance, and the eigenvalues are the variances along them. The report's example, rows (1, 2, 4), (3, 4, 3)
/// and (5, 6, 4): mean (3, 4, 11/3); covariance [[4, 4, 0], [4, 4, 0], [0, 0, 1/3]]; variances 8, 1/3 and 0; components (0.7071, 0.7071, 0), (0, 0, 1) and
/// (0.7071, -0.7071, 0); projections (-2.8284, 1/3, 0), (0, -2/3, 0) and (2.8284, 1/3, 0). The report has them in the order of numpy.linalg.eig; it
/// says of the largest eigenvalues "be it positive or negative", but a covariance has none below zero.
public enum PrincipalComponents {
    /// Up to so many features, or rows, their matrix is made and all its eigenvalues are found; of more, the greatest alone.
    public static let largestMatrix = 2048
    /// Up to so many features all of them cost no more than a few.
    private static let smallMatrix = 64

    /// The analysis of rows. Equals scikit-learn's PCA, sign included; standardised, its StandardScaler and PCA in line.
    ///
    /// Up to 2,048 features it is that of their covariance; of more features but up to 2,048 rows, of the rows' products; else only the components that are kept
    /// are found, by Lanczos' method, in passes over the rows: memory then grows with neither.
    ///
    /// - Parameters:
    ///   - kept: the components to keep, k, at most as many as there are features or rows.
    ///   - standardized: whether to divide each feature by its standard deviation (divisor n), as the report's first step says; constant features
    ///     stay as they are.
    ///   - unit: what one unit of the rows' numbers is to the network: 1/255 for bytes of pixels.
    ///   - isComplete: whether the variances of components that are not kept are wanted too; without them many features take less time.
    /// - Throws: `ComponentsError` for fewer than two rows, more components than there can be, and numbers that are not finite; and what reading throws.
    public static func analysis(of rows: DataRows, kept: Int, standardized: Bool = false, unit: Double = 1, isComplete: Bool = true,
                                threads: Int = 1) throws -> ComponentAnalysis {
        guard rows.count > 1 else { throw ComponentsError("\(rows.count) rows have no components; it takes two") }
        guard rows.features > (isComplete ? largestMatrix : smallMatrix) else {
            let covariance = Covariance(features: rows.features, threads: threads)
            try rows.forEachBlock { range, values in covariance.add(UnsafeBufferPointer(start: values, count: range.count * rows.features)) }
            return try analysis(of: covariance, kept: kept, standardized: standardized, unit: unit)
        }
        try check(kept, count: rows.count, features: rows.features)
        let (mean, variance) = try rows.moments()
        guard variance.allSatisfy(\.isFinite) else { throw ComponentsError("the rows hold numbers that are not finite") }
        let deviations = variance.map { ($0 * unit * unit * Double(rows.count - 1) / Double(rows.count)).squareRoot() }
        let scale = deviations.map { standardized && $0 > 0 ? $0 : 1 }
        let centered = CenteredRows(rows, mean: mean, factor: scale.map { unit / $0 }, threads: threads)
        let total = zip(variance, scale).reduce(0) { $0 + $1.0 * unit * unit / ($1.1 * $1.1) }
        let (values, vectors) = rows.count <= (isComplete ? largestMatrix : kept + 1) ? try centered.componentsOfProducts(kept) : try centered.leadingComponents(kept, of: total)
        return ComponentAnalysis(mean: mean.map { $0 * unit }, scale: scale, components: Array(vectors.map(Eigen.oriented).joined()),
                                 explainedVariance: values.map { max($0, 0) }, totalVariance: total, count: rows.count, isStandardized: standardized)
    }

    /// The analysis of rows whose covariance was accumulated. Parameters and errors as above.
    public static func analysis(of data: Covariance, kept: Int, standardized: Bool = false, unit: Double = 1) throws(ComponentsError) -> ComponentAnalysis {
        let features = data.features
        var matrix = try data.matrix()
        try check(kept, count: data.count, features: features)
        let deviations = (0..<features).map { matrix[$0 * features + $0] * unit * unit * Double(data.count - 1) / Double(data.count) }.map { $0.squareRoot() }
        let scale = deviations.map { standardized && $0 > 0 ? $0 : 1 }
        for i in 0..<features {
            for j in 0..<features { matrix[i * features + j] *= unit / scale[i] * (unit / scale[j]) }
        }
        let eigen = try Eigen(symmetric: matrix, size: features)
        // Below zero is round-off.
        let variance = eigen.values.map { max($0, 0) }
        return ComponentAnalysis(mean: data.mean.map { $0 * unit }, scale: scale, components: Array(eigen.vectors[..<kept].joined()), explainedVariance: variance,
                                 totalVariance: variance.reduce(0, +), count: data.count, isStandardized: standardized)
    }

    private static func check(_ kept: Int, count: Int, features: Int) throws(ComponentsError) {
        let most = min(features, count)
        guard (1...most).contains(kept) else { throw ComponentsError("\(kept) components of \(count) rows of \(features) features: there are 1 to \(most)") }
    }
}

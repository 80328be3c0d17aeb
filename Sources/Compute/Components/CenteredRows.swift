import Tensors

/// Rows of many features, each less its mean and times a factor, X: their principal components without the covariance.
struct CenteredRows {
    private let rows: DataRows
    private let mean: [Double], factor: [Double]
    private let team: Team
    private let threads: Int

    init(_ rows: DataRows, mean: [Double], factor: [Double], threads: Int) {
        (self.rows, self.mean, self.factor, self.threads) = (rows, mean, factor, threads)
        team = Team(size: threads, flushesDenormals: false)
    }

    private var features: Int { rows.features }
    private var divisor: Double { Double(rows.count - 1) }

    /// The greatest variances and their directions [kept][features]: eigenvalues of X'X / (n - 1).
    /// - Parameter variance: in all directions together.
    func leadingComponents(_ kept: Int, of variance: Double) throws -> (values: [Double], vectors: [[Double]]) {
        // Where nothing varies every direction is one of zero.
        guard variance > 0 else { return ([Double](repeating: 0, count: kept), (0..<kept).map { k in (0..<features).map { $0 == k ? 1 : 0 } }) }
        return try Lanczos.leading(kept, size: features) { x, y in try multiply(x, y) }
    }

    /// All variances that are not zero for certain, from the products of the rows, XX' / (n - 1), which has the same eigenvalues; and the first directions.
    func componentsOfProducts(_ kept: Int) throws -> (values: [Double], vectors: [[Double]]) {
        let count = rows.count, products = ProductSums(width: count, threads: threads)
        var columns = [Double](repeating: 0, count: count * features)
        try rows.forEachBlock { range, values in
            for row in range { for f in 0..<features { columns[f * count + row] = (values[(row - range.lowerBound) * features + f] - mean[f]) * factor[f] } }
        }
        for f in 0..<features { products.add { columns[f * count + $0] } }
        let eigen = try Eigen(symmetric: products.matrix { _, _, sum in sum / divisor }, size: count)
        var vectors: [[Double]] = []
        for (value, weights) in zip(eigen.values, eigen.vectors).prefix(kept) {
            let isReal = value > 1e-12 * eigen.values[0] && value > 0
            let vector = (0..<features).map { f in isReal ? (0..<count).reduce(0) { $0 + columns[f * count + $1] * weights[$1] } : f == vectors.count ? 1 : 0 }
            vectors.append(Self.orthonormal(vector, to: vectors))
        }
        return (eigen.values, vectors)
    }

    /// A unit vector at right angles to all others, along what they leave of this one: by Gram and Schmidt, twice for the sake of rounding.
    private static func orthonormal(_ vector: [Double], to others: [[Double]]) -> [Double] {
        var rest = vector
        for _ in 0..<2 {
            for other in others {
                let part = zip(rest, other).reduce(0) { $0 + $1.0 * $1.1 }
                for f in rest.indices { rest[f] -= part * other[f] }
            }
            let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
            for f in rest.indices { rest[f] /= length }
        }
        return rest
    }

    /// y = X'X x / (n - 1), in one pass over the rows. Threads share rows on the way there and features on the way back, so that the sums do not depend on
    /// their number.
    private func multiply(_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) throws {
        let weights = (0..<features).map { x[$0] * factor[$0] }, offset = (0..<features).reduce(0) { $0 + mean[$1] * weights[$1] }
        y.update(repeating: 0, count: features)
        var total = 0.0
        try rows.forEachBlock { range, values in
            var projected = [Double](repeating: 0, count: range.count)
            projected.withUnsafeMutableBufferPointer { projected in
                weights.withUnsafeBufferPointer { weights in
                    team.run { member in
                        for row in member.share(of: projected.count) { projected[row] = dot(values + row * features, weights.baseAddress!) - offset }
                        member.barrier()
                        let own = member.share(of: features)
                        for row in 0..<projected.count {
                            let value = projected[row], from = values + row * features
                            for f in own { y[f] += value * from[f] }
                        }
                    }
                }
                for row in 0..<projected.count { total += projected[row] }
            }
        }
        for f in 0..<features { y[f] = (y[f] - total * mean[f]) * factor[f] / divisor }
    }

    /// In eight parts, added up at the end.
    private func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>) -> Double {
        var sums = SIMD8<Double>.zero
        let whole = features / 8 * 8
        for f in stride(from: 0, to: whole, by: 8) {
            sums += UnsafeRawPointer(a + f).loadUnaligned(as: SIMD8<Double>.self) * UnsafeRawPointer(b + f).loadUnaligned(as: SIMD8<Double>.self)
        }
        return (whole..<features).reduce(sums.sum()) { $0 + a[$1] * b[$1] }
    }
}

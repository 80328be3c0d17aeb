/// The plane in which points spread most: their first two principal components.
///
/// Subspace iteration upon the data (Golub and Van Loan, Matrix Computations, 4th edition, 8.2.4) with some more directions than are asked for and a
/// Rayleigh-Ritz step each time. It takes no LAPACK, which would be the larger part of a plot's time, and no covariance, so that latents of a
/// thousand numbers are no trouble.
struct PrincipalPlane {
    /// The points' coordinates [n] along both axes, each of which points to where its largest number is positive, as scikit-learn has it.
    let x: [Double], y: [Double]
    /// The share of the variance along each axis; zeros where all points are one.
    let shares: [Double]

    private static let directions = 8, mostSteps = 300

    /// - Parameter columns: the numbers [n] of each of two or more dimensions.
    init(_ columns: [[Double]]) {
        precondition(columns.count > 1, "a plane has two dimensions")
        let centered = columns.map { column in
            let mean = column.reduce(0, +) / Double(column.count)
            return column.map { $0 - mean }
        }
        let total = centered.reduce(0) { $0 + Self.dot($1, $1) }
        var basis = (0..<min(columns.count, Self.directions)).map { direction in
            columns.indices.map { Double(($0 * 31 + direction * 17 + $0 * direction * 7) % 23) - 11 + ($0 == direction ? 50 : 0) }
        }
        var projected: [[Double]] = [], before = [Double](repeating: -1, count: 2)
        for _ in 0..<Self.mostSteps {
            basis = Self.orthonormal(basis)
            projected = basis.map { direction in Self.sum(centered, direction) }
            let (values, rotation) = SymmetricMatrix(projected.map { first in projected.map { Self.dot(first, $0) } }).eigen()
            basis = rotation.map { Self.sum(basis, $0) }
            projected = rotation.map { Self.sum(projected, $0) }
            // With as many directions as dimensions the first step is exact. The values settle twice as fast as the axes.
            if basis.count == columns.count || zip(values, before).allSatisfy({ abs($0 - $1) <= 1e-15 * total }) { break }
            before = Array(values.prefix(2))
            basis = projected.map { line in centered.map { Self.dot($0, line) } }
        }
        let signs = basis.prefix(2).map { axis in (axis.max { abs($0) < abs($1) } ?? 1) < 0 ? -1.0 : 1 }
        x = projected[0].map { $0 * signs[0] }
        y = projected[1].map { $0 * signs[1] }
        shares = projected.prefix(2).map { total > 0 ? Self.dot($0, $0) / total : 0 }
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for index in a.indices { sum += a[index] * b[index] }
        return sum
    }

    /// The sum of vectors, each times its factor.
    private static func sum(_ vectors: [[Double]], _ factors: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: vectors[0].count)
        for (vector, factor) in zip(vectors, factors) where factor != 0 {
            for index in result.indices { result[index] += factor * vector[index] }
        }
        return result
    }

    /// Gram-Schmidt, twice for rounding's sake; a vector that the ones before it span becomes zero.
    private static func orthonormal(_ vectors: [[Double]]) -> [[Double]] {
        var result: [[Double]] = []
        for vector in vectors {
            var rest = vector
            let length = dot(vector, vector).squareRoot()
            for _ in 0..<2 {
                for other in result { rest = sum([rest, other], [1, -dot(rest, other)]) }
            }
            let left = dot(rest, rest).squareRoot()
            result.append(left > 1e-12 * length ? rest.map { $0 / left } : rest.map { _ in 0 })
        }
        return result
    }
}

/// A small symmetric matrix.
struct SymmetricMatrix {
    private var rows: [[Double]]

    init(_ rows: [[Double]]) { self.rows = rows }

    /// Eigenvalues, the largest first, and their unit vectors, by Jacobi's rotations (Golub and Van Loan, 8.5).
    func eigen() -> (values: [Double], vectors: [[Double]]) {
        var a = rows, v = rows.indices.map { row in rows.indices.map { $0 == row ? 1.0 : 0 } }
        let size = a.joined().reduce(0) { $0 + $1 * $1 }
        for _ in 0..<50 {
            let off = a.indices.reduce(0) { sum, row in sum + a.indices.filter { $0 != row }.reduce(0) { $0 + a[row][$1] * a[row][$1] } }
            if off <= 1e-30 * size { break }
            for p in a.indices {
                for q in a.indices where q > p && a[p][q] != 0 {
                    let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                    let t = (theta < 0 ? -1 : 1) / (theta.magnitude + (theta * theta + 1).squareRoot()), c = 1 / (t * t + 1).squareRoot(), s = t * c
                    for k in a.indices { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
                    for k in a.indices { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
                    for k in a.indices { (v[p][k], v[q][k]) = (c * v[p][k] - s * v[q][k], s * v[p][k] + c * v[q][k]) }
                }
            }
        }
        let order = a.indices.sorted { a[$0][$0] > a[$1][$1] }
        return (order.map { a[$0][$0] }, order.map { v[$0] })
    }
}

import CLAPACK
import Platform

/// Angles between vectors, and between the subspaces that they span. In radians.
public enum Subspaces {
    /// The angle between two vectors, 0 to pi. Throws `ComponentsError` where one has no length.
    public static func angle(_ a: [Double], _ b: [Double]) throws(ComponentsError) -> Double {
        precondition(a.count == b.count, "vectors of one space")
        let lengths = dot(a, a).squareRoot() * dot(b, b).squareRoot()
        guard lengths > 0, lengths.isFinite else { throw ComponentsError("a vector without a length has no angle") }
        return acos(min(max(dot(a, b) / lengths, -1), 1))
    }

    /// The principal angles between the spans of two sets of vectors, from the greatest to the least, 0 to pi/2: as many as the smaller set has
    /// vectors. All are zero where one span holds the other.
    ///
    /// Cosines are the singular values of Qa' Qb; small angles come from the sines, those of Qb - Qa Qa' Qb (Bjorck and Golub 1973; SciPy's
    /// subspace_angles).
    /// - Parameters: `a` and `b` are [count][n], each set's vectors independent.
    /// - Throws: `ComponentsError` for dependent vectors and numbers that are not finite.
    public static func principalAngles(_ a: [[Double]], _ b: [[Double]]) throws(ComponentsError) -> [Double] {
        let (large, small) = a.count >= b.count ? (a, b) : (b, a)
        let qa = try orthonormal(large), qb = try orthonormal(small)
        let products = qb.map { column in qa.map { dot($0, column) } }
        let cosines = try singularValues(products)
        let rest = zip(qb, products).map { column, weights in
            zip(qa, weights).reduce(column) { rest, part in zip(rest, part.0).map { $0 - part.1 * $1 } }
        }
        // Greatest sines belong to least cosines.
        let sines = try singularValues(rest)
        return zip(sines, cosines.reversed()).map { sine, cosine in cosine * cosine >= 0.5 ? asin(min(sine, 1)) : acos(min(cosine, 1)) }
    }

    /// Unit vectors at right angles with the same span: Householder's QR.
    private static func orthonormal(_ vectors: [[Double]]) throws(ComponentsError) -> [[Double]] {
        guard let n = vectors.first?.count, vectors.allSatisfy({ $0.count == n }) else { preconditionFailure("vectors of one space") }
        var matrix = Array(vectors.joined()), factors = [Double](repeating: 0, count: vectors.count)
        let rows = Int32(n), columns = Int32(vectors.count)
        guard vectors.count <= n, matrix.allSatisfy(\.isFinite), LAPACKE_dgeqrf(LAPACK_COL_MAJOR, rows, columns, &matrix, rows, &factors) == 0 else {
            throw ComponentsError("\(vectors.count) vectors of \(n) numbers span no subspace of that size")
        }
        let diagonal = vectors.indices.map { abs(matrix[$0 * n + $0]) }
        guard let least = diagonal.min(), let greatest = diagonal.max(), least > greatest * 1e-12 else { throw ComponentsError("the vectors are dependent") }
        guard LAPACKE_dorgqr(LAPACK_COL_MAJOR, rows, columns, columns, &matrix, rows, &factors) == 0 else { throw ComponentsError("LAPACK's dorgqr failed") }
        return vectors.indices.map { Array(matrix[$0 * n..<($0 + 1) * n]) }
    }

    /// The singular values of a matrix given by its columns, from the greatest to the least.
    private static func singularValues(_ columns: [[Double]]) throws(ComponentsError) -> [Double] {
        let rows = columns[0].count
        var matrix = Array(columns.joined()), values = [Double](repeating: 0, count: min(rows, columns.count)), superdiagonal = values
        let none = CChar(UInt8(ascii: "N"))
        let status = LAPACKE_dgesvd(LAPACK_COL_MAJOR, none, none, Int32(rows), Int32(columns.count), &matrix, Int32(rows), &values,
                                    nil, 1, nil, 1, &superdiagonal)
        guard status == 0 else { throw ComponentsError("LAPACK's dgesvd did not converge (\(status))") }
        return values
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
}

import CLAPACK

/// Eigenvalues and eigenvectors: A v = lambda v.
///
/// The report's examples: [[4, 4, 0], [4, 4, 0], [0, 0, 1/3]] has 8, 1/3 and 0, with vectors along (1, 1, 0), (0, 0, 1) and (1, -1, 0);
/// [[0, 1], [-2, -3]], which is not symmetric, has -1 and -2, along (1, -1) and (1, -2).
public struct Eigen: Sendable {
    /// From the greatest to the least.
    public let values: [Double]
    /// [count][n]: a unit vector a row, for each value. The number that is largest in size, the first of equals, is positive, as scikit-learn's `svd_flip` has it.
    public let vectors: [[Double]]

    /// Of a symmetric matrix [n][n], of which the upper triangle is read: LAPACK's `dsyevr`. Its vectors stand at right angles.
    ///
    /// Throws `ComponentsError` where the matrix holds numbers that are not finite, or LAPACK does not converge.
    public init(symmetric matrix: [Double], size n: Int) throws(ComponentsError) {
        var matrix = try Self.checked(matrix, n), values = [Double](repeating: 0, count: n), vectors = [Double](repeating: 0, count: n * n)
        var found: Int32 = 0, support = [Int32](repeating: 0, count: 2 * n)
        // By rows, the lower triangle of the columns that LAPACK reads is the upper one.
        let status = LAPACKE_dsyevr(LAPACK_COL_MAJOR, Self.character("V"), Self.character("A"), Self.character("L"), Int32(n), &matrix, Int32(n), 0, 0, 0, 0, 0,
                                    &found, &values, &vectors, Int32(n), &support)
        guard status == 0, found == Int32(n) else { throw ComponentsError("LAPACK's dsyevr found no eigenvalues (\(status))") }
        self.values = values.reversed()
        self.vectors = (0..<n).reversed().map { Self.oriented(Array(vectors[$0 * n..<($0 + 1) * n])) }
    }

    /// Of any square matrix [n][n] whose eigenvalues are real: LAPACK's `dgeev`.
    ///
    /// Throws `ComponentsError` as above, and for complex eigenvalues.
    public init(_ matrix: [Double], size n: Int) throws(ComponentsError) {
        var matrix = try Self.checked(matrix, n), real = [Double](repeating: 0, count: n), imaginary = real, vectors = [Double](repeating: 0, count: n * n)
        let status = LAPACKE_dgeev(LAPACK_ROW_MAJOR, Self.character("N"), Self.character("V"), Int32(n), &matrix, Int32(n), &real, &imaginary, nil, Int32(n),
                                   &vectors, Int32(n))
        guard status == 0 else { throw ComponentsError("LAPACK's dgeev found no eigenvalues (\(status))") }
        guard imaginary.allSatisfy({ $0 == 0 }) else { throw ComponentsError("the matrix has complex eigenvalues") }
        let order = real.indices.sorted { real[$0] > real[$1] }
        values = order.map { real[$0] }
        self.vectors = order.map { column in Self.oriented((0..<n).map { vectors[$0 * n + column] }) }
    }

    private static func checked(_ matrix: [Double], _ n: Int) throws(ComponentsError) -> [Double] {
        precondition(n > 0 && matrix.count == n * n, "a matrix is [n][n]")
        guard matrix.allSatisfy(\.isFinite) else { throw ComponentsError("the matrix holds numbers that are not finite") }
        return matrix
    }

    private static func character(_ letter: Unicode.Scalar) -> CChar { CChar(letter.value) }

    /// The vector or its opposite.
    static func oriented(_ vector: [Double]) -> [Double] {
        let largest = vector.max { abs($0) < abs($1) } ?? 0
        return largest < 0 ? vector.map { -$0 } : vector
    }
}

/// The plane in which points spread most: their first two principal components.
public struct PrincipalPlane: Sendable {
    /// The points' coordinates [n] along both axes, each of which points to where its largest number is positive, as scikit-learn has it.
    public let x: [Double], y: [Double]
    /// The share of the variance along each axis; zeros where all points are one.
    public let shares: [Double]

    /// - Parameter points: [n][size], two or more numbers each.
    /// - Throws: `ComponentsError` for numbers that are not finite.
    public init(_ points: [Float], size: Int) throws {
        precondition(size > 1 && points.count % size == 0, "points of two numbers at least")
        let rows = DataRows(points, features: size)
        guard rows.count > 1 else {
            (x, y, shares) = ([Double](repeating: 0, count: rows.count), [Double](repeating: 0, count: rows.count), [0, 0])
            return
        }
        let analysis = try PrincipalComponents.analysis(of: rows, kept: 2, isComplete: false)
        func coordinates(_ axis: Int) -> [Double] {
            let direction = analysis.components[axis * size..<(axis + 1) * size]
            return (0..<rows.count).map { row in
                zip(direction, 0..<size).reduce(0) { $0 + $1.0 * (Double(points[row * size + $1.1]) - analysis.mean[$1.1]) }
            }
        }
        (x, y) = (coordinates(0), coordinates(1))
        shares = Array(analysis.explainedVarianceRatio.prefix(2))
    }
}

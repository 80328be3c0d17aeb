/// Means and covariances of rows of features, in one pass over rows that come some at a time.
///
/// Sums are of differences from the first row, in double precision: of whole numbers, such as the bytes of pixels, they are exact (below 2^53),
/// so that the covariance depends neither on the blocks, nor on the threads, nor on the processor. Of other numbers it depends on neither threads nor
/// on how the rows came, for blocks have one size.
public final class Covariance {
    public let features: Int
    /// The rows so far.
    public private(set) var count = 0

    private let products: ProductSums
    /// Of each feature the first row's number, and the sum of differences from it.
    private var first: [Double], sums: [Double]

    /// - Parameter features: the numbers of a row; the memory taken is 8 bytes for each pair of them.
    public init(features: Int, threads: Int = 1) {
        self.features = features
        products = ProductSums(width: features, threads: threads)
        first = [Double](repeating: 0, count: features)
        sums = first
    }

    /// Adds rows of whole numbers [n][features].
    public func add(_ rows: UnsafeBufferPointer<UInt8>) { add(rows) { Double($0) } }

    /// Adds rows [n][features].
    public func add(_ rows: UnsafeBufferPointer<Double>) { add(rows) { $0 } }
    public func add(_ rows: UnsafeBufferPointer<Float>) { add(rows) { Double($0) } }

    @inline(__always)
    private func add<Value>(_ values: UnsafeBufferPointer<Value>, _ double: (Value) -> Double) {
        precondition(values.count % features == 0, "rows are [n][\(features)]")
        let rows = values.count / features
        if count == 0, rows > 0 { for feature in 0..<features { first[feature] = double(values[feature]) } }
        first.withUnsafeBufferPointer { first in
            sums.withUnsafeMutableBufferPointer { sums in
                for row in 0..<rows {
                    products.add { feature in
                        let value = double(values[row * features + feature]) - first[feature]
                        sums[feature] += value
                        return value
                    }
                }
            }
        }
        count += rows
    }

    /// The means [features] of the rows so far.
    public var mean: [Double] { (0..<features).map { first[$0] + sums[$0] / Double(count) } }

    /// The covariance [features][features], its divisor `count` - 1, as numpy.cov has it. Throws `ComponentsError` for fewer than two rows.
    public func matrix() throws(ComponentsError) -> [Double] {
        guard count > 1 else { throw ComponentsError("\(count) rows have no covariance; it takes two") }
        return products.matrix { i, j, sum in (sum - sums[i] * sums[j] / Double(count)) / Double(count - 1) }
    }
}

/// Rows of features [count][features] that can be read again and again, some at a time.
public struct DataRows: Sendable {
    public let count: Int, features: Int
    /// Writes the rows of a range, [n][features], where the second argument points to.
    private let read: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) throws -> Void

    public init(count: Int, features: Int, read: @escaping @Sendable (Range<Int>, UnsafeMutablePointer<Double>) throws -> Void) {
        precondition(count >= 0 && features > 0, "rows of at least one feature")
        (self.count, self.features, self.read) = (count, features, read)
    }

    /// Rows in memory, [count][features].
    public init(_ values: [Float], features: Int) {
        self.init(count: values.count / features, features: features) { rows, target in
            for (index, value) in values[rows.lowerBound * features..<rows.upperBound * features].enumerated() { target[index] = Double(value) }
        }
    }

    /// Rows that are read at a time: 8 MiB, but a row at least.
    private var block: Int { max(1, (1 << 20) / features) }

    /// Gives all rows to `body` in order, some at a time. Throws what reading throws.
    func forEachBlock(_ body: (Range<Int>, UnsafePointer<Double>) throws -> Void) throws {
        let size = min(block, max(count, 1)), memory = UnsafeMutablePointer<Double>.allocate(capacity: size * features)
        defer { memory.deallocate() }
        for first in stride(from: 0, to: count, by: size) {
            let rows = first..<min(first + size, count)
            try read(rows, memory)
            try body(rows, memory)
        }
    }

    /// The means [features], and the variances with the divisor `count` - 1: in two passes, so that nothing is lost far from zero.
    func moments() throws -> (mean: [Double], variance: [Double]) {
        var mean = [Double](repeating: 0, count: features), squares = mean
        try forEachBlock { rows, values in
            for row in 0..<rows.count { for feature in 0..<features { mean[feature] += values[row * features + feature] } }
        }
        for feature in 0..<features { mean[feature] /= Double(count) }
        try forEachBlock { rows, values in
            for row in 0..<rows.count {
                for feature in 0..<features {
                    let difference = values[row * features + feature] - mean[feature]
                    squares[feature] += difference * difference
                }
            }
        }
        return (mean, squares.map { $0 / Double(count - 1) })
    }
}

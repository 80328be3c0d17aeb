/// What there is to say of a tensor's numbers without showing them.
public struct TensorStatistics: Sendable, Equatable {
    public let count: Int
    public let nanCount: Int, infinityCount: Int
    /// Of the finite numbers; NaN where there are none. The standard deviation is the population's: its divisor is their count.
    public let minimum: Double, maximum: Double, mean: Double, deviation: Double
    /// How many finite numbers fall into each of equal parts of minimum...maximum; all into the middle one where the two are equal.
    public let histogram: [Int]

    /// Sums are made in double precision, the deviation's in a second pass over the numbers.
    public init(_ values: UnsafeBufferPointer<Float>, bins: Int = 16) {
        precondition(bins > 0, "a histogram without bins")
        var nans = 0, infinities = 0, least = Float.infinity, greatest = -Float.infinity, sum = 0.0
        for value in values {
            guard value.isFinite else {
                if value.isNaN { nans += 1 } else { infinities += 1 }
                continue
            }
            (least, greatest) = (min(least, value), max(greatest, value))
            sum += Double(value)
        }
        let finite = values.count - nans - infinities
        (count, nanCount, infinityCount) = (values.count, nans, infinities)
        guard finite > 0 else {
            (minimum, maximum, mean, deviation) = (.nan, .nan, .nan, .nan)
            histogram = [Int](repeating: 0, count: bins)
            return
        }
        (minimum, maximum, mean) = (Double(least), Double(greatest), sum / Double(finite))
        (histogram, deviation) = Self.spread(values, from: minimum, to: maximum, mean: mean, finite: finite, bins: bins)
    }

    private static func spread(_ values: UnsafeBufferPointer<Float>, from least: Double, to greatest: Double, mean: Double, finite: Int,
                               bins: Int) -> ([Int], Double) {
        let scale = greatest > least ? Double(bins) / (greatest - least) : 0
        var histogram = [Int](repeating: 0, count: bins), squares = 0.0
        for value in values where value.isFinite {
            let value = Double(value)
            squares += (value - mean) * (value - mean)
            histogram[scale == 0 ? bins / 2 : min(Int((value - least) * scale), bins - 1)] += 1
        }
        return (histogram, (squares / Double(finite)).squareRoot())
    }

    /// Those of a single number, such as `num_batches_tracked`.
    public init(_ value: Int64, bins: Int = 16) {
        precondition(bins > 0, "a histogram without bins")
        let number = Double(value)
        (count, nanCount, infinityCount, minimum, maximum, mean, deviation) = (1, 0, 0, number, number, number, 0)
        histogram = (0..<bins).map { $0 == bins / 2 ? 1 : 0 }
    }
}

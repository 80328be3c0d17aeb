/// The largest |a - b|; infinite where there is a NaN, or where the counts differ.
public func largestDifference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    var worst = 0.0
    for (a, b) in zip(a, b) {
        let difference = abs(a - b)
        worst = difference.isNaN ? .infinity : max(worst, difference)
    }
    return worst
}

/// The largest |a / b - 1|, likewise.
public func largestRelativeDifference(_ a: [Double], _ b: [Double]) -> Double {
    guard a.count == b.count else { return .infinity }
    return largestDifference(zip(a, b).map { $0 / $1 }, [Double](repeating: 1, count: a.count))
}

/// The largest absolute value; 0 for none.
public func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

extension Sequence where Element == Float {
    public var doubles: [Double] { map { Double($0) } }
}

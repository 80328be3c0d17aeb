import Platform

/// Where numbers lie along an axis.
public struct Scale: Sendable, Equatable {
    public enum Kind: Sendable { case linear, logarithmic }

    public let kind: Kind
    /// The numbers at the axis' two ends, low < high.
    public let low: Double, high: Double

    public init(_ low: Double, _ high: Double, _ kind: Kind = .linear) {
        precondition(low < high && (kind == .linear || low > 0), "a scale is within low < high, above zero for logarithms")
        (self.low, self.high, self.kind) = (low, high, kind)
    }

    /// The largest magnitude that charts show, and for logarithms the inverse of the smallest: no loss that means anything comes near.
    public static let largest = 1e100

    /// The scale that shows all of `values`, none of them beyond `largest`, and has a twentieth of its length free at both ends. No values give 0...1, a
    /// single one has room on both sides.
    ///
    /// - Parameter from: where the axis begins, whatever the values, as bars begin at zero; nil for where they do.
    public init(of values: some Sequence<Double>, from: Double? = nil, _ kind: Kind = .linear) {
        var low = Double.infinity, high = -Double.infinity
        for value in values { (low, high) = (min(low, value), max(high, value)) }
        if low > high { (low, high) = (kind == .linear ? 0 : 1, kind == .linear ? 1 : 10) }
        if let from { low = min(from, low) }
        guard kind == .linear else {
            let margin = max((log10(high) - log10(low)) / 20, 0.05)
            self.init(low * pow(10, -margin), high * pow(10, margin), kind)
            return
        }
        // Numbers that differ by rounding alone count as one.
        if high - low <= max(abs(low), abs(high)) * 1e-9 { (low, high) = (low - max(abs(low) / 10, 0.5), high + max(abs(high) / 10, 0.5)) }
        let margin = (high - low) / 20
        self.init(from == low ? low : low - margin, high + margin)
    }

    /// The share 0...1 of the axis that lies before `value`.
    public func position(_ value: Double) -> Double {
        kind == .linear ? (value - low) / (high - low) : (log10(value) - log10(low)) / (log10(high) - log10(low))
    }

    /// Ticks that an axis of `length` has room for.
    ///
    /// - Parameter room: the least distance of two ticks.
    func ticks(length: Double, room: Double, isWhole: Bool = false) -> [Tick] {
        let most = max(2, Int(length / room))
        return kind == .linear ? Ticks.linear(low, high, most: most, isWhole: isWhole) : Ticks.logarithmic(low, high, most: most)
    }
}

/// Surprise, entropy, cross-entropy and the Kullback-Leibler divergence (Shannon 1948; Kullback and Leibler 1951).
///
/// Distributions are lists of probabilities that add up to 1, to 1e-9: others are refused, for what is not normalised has no entropy. The report's
/// examples, with its slips corrected:
/// - Rolling a six has surprise ln 6 = 1.7918 nats, three sixes in a row three times that. (The report first writes log(1/6), which falls; the sign
///   makes it rise.)
/// - KL(P || Q) = H(P, Q) - H(P): the report has it the other way round, which would be negative.
/// - A fair coin P against one that was seen to fall (0.7, 0.3): the report's Q = (0.7, 0.7) is no distribution. KL(P || Q) is 0.0872 nats; its 0.0378 is the
///   same in bans, for it took the logarithm to the base 10.
public enum Information {
    /// How surprising an event of probability p is: log(1 / p). Nothing for a certain event, infinite for an impossible one.
    ///
    /// Throws `InformationError` for what is no probability.
    public static func surprise(_ p: Double, base: LogarithmBase = .natural) throws(InformationError) -> Double {
        guard (0...1).contains(p) else { throw InformationError("\(p) is no probability") }
        return p == 0 ? .infinity : 0 - base.logarithm(p)
    }

    /// The expected surprise H(P) = -sum of p log p; what never happens adds nothing.
    ///
    /// Throws `InformationError` for what is no distribution.
    public static func entropy(_ p: [Double], base: LogarithmBase = .natural) throws(InformationError) -> Double {
        try crossEntropy(p, p, base: base)
    }

    /// The expected surprise of whoever believes Q where P is true: H(P, Q) = -sum of p log q. Infinite where P has what Q rules out.
    ///
    /// Throws `InformationError` for what is no distribution, and for two of unequal lengths.
    public static func crossEntropy(_ p: [Double], _ q: [Double], base: LogarithmBase = .natural) throws(InformationError) -> Double {
        try check(p, q)
        var sum = 0.0
        for (p, q) in zip(p, q) where p > 0 { sum += try p * surprise(min(q, 1), base: base) }
        return sum
    }

    /// KL(P || Q) = sum of p log(p / q) = H(P, Q) - H(P): 0 for equal distributions, above 0 for all others, and not symmetric. Infinite where P has what Q
    /// rules out.
    ///
    /// Throws `InformationError` as `crossEntropy` does.
    public static func divergence(_ p: [Double], _ q: [Double], base: LogarithmBase = .natural) throws(InformationError) -> Double {
        try check(p, q)
        var sum = 0.0
        for (p, q) in zip(p, q) where p > 0 { sum += q > 0 ? p * base.logarithm(p / q) : .infinity }
        // Round-off may leave a little less than nothing.
        return max(sum, 0)
    }

    private static let tolerance = 1e-9

    private static func check(_ p: [Double], _ q: [Double]) throws(InformationError) {
        guard p.count == q.count else { throw InformationError("distributions over \(p.count) and \(q.count) events") }
        for distribution in [p, q] {
            if let wrong = distribution.first(where: { !($0 >= 0 && $0 <= 1 + tolerance) }) { throw InformationError("\(wrong) is no probability") }
            let sum = distribution.reduce(0, +)
            guard abs(sum - 1) <= tolerance else { throw InformationError("the probabilities add up to \(sum), not to 1") }
        }
    }
}

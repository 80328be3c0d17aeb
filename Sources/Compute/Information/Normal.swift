import Platform

/// A normal distribution of one number.
public struct Normal: Sendable, Equatable {
    public let mean: Double, deviation: Double
    /// N(0, 1).
    public static let standard = Normal(unchecked: 0, 1)

    private init(unchecked mean: Double, _ deviation: Double) { (self.mean, self.deviation) = (mean, deviation) }

    /// Throws `InformationError` where the numbers are not finite or the standard deviation is not above 0.
    public init(mean: Double, deviation: Double) throws(InformationError) {
        guard mean.isFinite, deviation.isFinite, deviation > 0 else { throw InformationError("no normal distribution has mean \(mean) and standard deviation \(deviation)") }
        self.init(unchecked: mean, deviation)
    }

    /// KL(self || other) in nats: ln(s2 / s1) + (s1^2 + (m1 - m2)^2) / (2 s2^2) - 1/2.
    ///
    /// The report's formula is that of -KL, with the deviation of P where the variance of Q, s1^2, belongs.
    public func divergence(from other: Normal) -> Double {
        let ratio = deviation / other.deviation, shift = (mean - other.mean) / other.deviation
        return (ratio * ratio + shift * shift - 1) / 2 - log(ratio)
    }

    /// KL(N(mu, exp(logvar)) || N(0, 1)) in nats, summed over a latent's numbers: -1/2 sum of (1 + logvar - mu^2 - exp(logvar)), the report's Listing 5. Its
    /// formula in the text has P's variance and mean where Q's belong.
    ///
    /// Throws `InformationError` for lists of unequal lengths.
    public static func latentDivergence(mu: [Double], logvar: [Double]) throws(InformationError) -> Double {
        guard mu.count == logvar.count else { throw InformationError("\(mu.count) means and \(logvar.count) log-variances") }
        return zip(mu, logvar).reduce(0) { $0 + latentDivergence(mu: $1.0, logvar: $1.1) }
    }

    /// The same of one number.
    public static func latentDivergence(mu: Double, logvar: Double) -> Double { -0.5 * (1 + logvar - mu * mu - exp(logvar)) }
}

import Platform

/// The unit of information: that of the logarithm's base.
public struct LogarithmBase: Sendable, Equatable {
    /// What one unit is in nats.
    let scale: Double

    /// Nats, bits and bans.
    public static let natural = LogarithmBase(scale: 1), two = LogarithmBase(scale: log(2)), ten = LogarithmBase(scale: log(10))

    private init(scale: Double) { self.scale = scale }

    /// Any base above 1. Throws `InformationError` for others: below 1, surprise would fall as it should rise.
    public init(_ base: Double) throws(InformationError) {
        guard base > 1, base.isFinite else { throw InformationError("a logarithm's base is a number above 1, not \(base)") }
        self.init(scale: log(base))
    }

    func logarithm(_ value: Double) -> Double { log(value) / scale }
}

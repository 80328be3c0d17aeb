/// The report's example of the reparameterisation (Listings 3 and 4): an input x becomes h = w1 x, then mu = wMu h and sigma = wSd h, then a sample z of N(mu, sigma^2).
///
/// Drawn as it is, z = normal(mu, sigma) is a number from outside: no gradient passes through it, and all three are zero. Written z = mu + sigma e, with e
/// from N(0, 1), z is a function of the weights. For x = 3, w1 = 2, wMu = 8, wSd = 9: mu = 48, sigma = 54, and the gradients of z are 24 + 27 e for w1, 6 for wMu
/// and 6 e for wSd. (Listing 4 takes the square root of what is a standard deviation already.)
public struct Reparameterization: Sendable {
    public let input: Double, w1: Double, wMu: Double, wSd: Double

    public init(input: Double, w1: Double, wMu: Double, wSd: Double) { (self.input, self.w1, self.wMu, self.wSd) = (input, w1, wMu, wSd) }

    public struct Gradients: Sendable, Equatable {
        public let w1: Double, wMu: Double, wSd: Double
        public init(w1: Double, wMu: Double, wSd: Double) { (self.w1, self.wMu, self.wSd) = (w1, wMu, wSd) }
    }

    public var mu: Double { wMu * w1 * input }
    public var sigma: Double { wSd * w1 * input }

    /// z = mu + sigma e.
    public func sample(noise e: Double) -> Double { mu + sigma * e }

    /// Of z = mu + sigma e.
    public func gradients(noise e: Double) -> Gradients {
        Gradients(w1: input * (wMu + wSd * e), wMu: w1 * input, wSd: w1 * input * e)
    }

    /// Of z drawn from N(mu, sigma^2) as it is.
    public var gradientsOfDrawnSample: Gradients { Gradients(w1: 0, wMu: 0, wSd: 0) }
}

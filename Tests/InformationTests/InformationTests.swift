import Foundation
import Information
import TestSupport
import Testing

struct InformationTests {
    /// The report's dice: three sixes are three times as surprising as one.
    @Test func dice() throws {
        let one = try Information.surprise(1.0 / 6), three = try Information.surprise(1.0 / 216)
        #expect(abs(one - 1.791759469228055) < 1e-12 && abs(three - 3 * one) < 1e-12)
        #expect(try Information.surprise(1) == 0 && Information.surprise(0) == .infinity)
        #expect(abs(try Information.entropy([Double](repeating: 1.0 / 6, count: 6)) - one) < 1e-12)
    }

    /// The report's coin: 0.0378 with its base-10 logarithm, 0.0872 nats.
    @Test func coin() throws {
        let fair = [0.5, 0.5], seen = [0.7, 0.3]
        #expect(abs(try Information.divergence(fair, seen) - 0.08717669357) < 1e-10)
        #expect(abs(try Information.divergence(fair, seen, base: .ten) - 0.0378603563) < 1e-9)
        #expect(try Information.entropy(fair, base: .two) == 1)
        let difference = try Information.crossEntropy(fair, seen) - Information.entropy(fair)
        #expect(abs(difference - 0.08717669357) < 1e-10)
        #expect(try Information.divergence(seen, fair) != Information.divergence(fair, seen))
        // As the report prints them, its coin's probabilities add up to 1.4.
        let error = #expect(throws: InformationError.self) { _ = try Information.divergence(fair, [0.7, 0.7]) }
        #expect(error?.description == "the probabilities add up to 1.4, not to 1")
    }

    @Test func measuresAsSciPy() throws {
        let printed = try Python.run("""
            import json, numpy as np
            from scipy.stats import entropy
            random, cases = np.random.default_rng(1), []
            for n in (1, 2, 3, 10, 1000):
                p, q = random.dirichlet(np.ones(n)), random.dirichlet(np.ones(n))
                if n > 2: p[0] = 0; p /= p.sum()
                for base in (2.0, 2.718281828459045, 10.0, 256.0):
                    cases.append([p.tolist(), q.tolist(), [base], [entropy(p, base=base), entropy(p, q, base=base)]])
            print(json.dumps(cases))
            """)
        let cases = try #require(JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [[[Double]]])
        #expect(cases.count == 20)
        for example in cases {
            let base = try LogarithmBase(example[2][0]), entropy = try Information.entropy(example[0], base: base)
            let divergence = try Information.divergence(example[0], example[1], base: base)
            #expect(largestDifference([entropy, divergence], example[3]) < 1e-10)
            #expect(abs(try Information.crossEntropy(example[0], example[1], base: base) - entropy - divergence) < 1e-10)
        }
    }

    @Test func whatIsRuledOut() throws {
        #expect(try Information.divergence([0.5, 0.5], [1, 0]) == .infinity)
        #expect(try Information.crossEntropy([0.5, 0.5], [1, 0]) == .infinity)
        #expect(try Information.divergence([1, 0], [0.5, 0.5], base: .two) == 1)
        #expect(try Information.divergence([1, 0], [1, 0]) == 0)
    }

    @Test func refusesWhatIsNoDistribution() {
        for (p, q) in [([0.5, 0.5], [1]), ([], []), ([0.5, 0.4], [0.5, 0.5]), ([1.5, -0.5], [0.5, 0.5]), ([.nan, 1], [0.5, 0.5]), ([0.5, 0.5], [.infinity, 0])] as [([Double], [Double])] {
            #expect(throws: InformationError.self) { _ = try Information.divergence(p, q) }
            #expect(throws: InformationError.self) { _ = try Information.crossEntropy(p, q) }
        }
        for p in [-0.1, 1.1, .nan] { #expect(throws: InformationError.self) { _ = try Information.surprise(p) } }
        for base in [1, 0, -2, 0.5, .nan, .infinity] { #expect(throws: InformationError.self) { _ = try LogarithmBase(base) } }
    }
}

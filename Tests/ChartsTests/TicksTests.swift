import Charts
import TestSupport
import Testing

@Suite struct TicksTests {
    @Test(arguments: [
        (-3.2, 4.9, 8, "−3 −2 −1 0 1 2 3 4"), (0, 1, 6, "0.0 0.2 0.4 0.6 0.8 1.0"), (0, 1, 5, "0.0 0.5 1.0"), (0.0305, 0.0504, 6, "0.035 0.040 0.045 0.050"),
        (-0.5, 120, 7, "0 20 40 60 80 100 120"), (998.6, 1003, 5, "999 1000 1001 1002 1003"), (0, 9.9e6, 5, "0 2×10⁶ 4×10⁶ 6×10⁶ 8×10⁶"),
        (-2e-7, 3e-7, 6, "−2×10⁻⁷ −10⁻⁷ 0 10⁻⁷ 2×10⁻⁷ 3×10⁻⁷"), (-1e38, 1e38, 3, "−10³⁸ 0 10³⁸"), (0.3, 0.7, 1, "0.5"),
    ])
    func areRound(low: Double, high: Double, most: Int, expected: String) {
        #expect(Ticks.linear(low, high, most: most).map(\.label).joined(separator: " ") == expected)
    }

    @Test(arguments: [(0.55, 10.45, 12, "1 2 3 4 5 6 7 8 9 10"), (0.95, 3.05, 20, "1 2 3"), (0.9, 1.1, 9, "1"), (0.5, 101, 6, "20 40 60 80 100")])
    func areWholeWhereTheyCount(low: Double, high: Double, most: Int, expected: String) {
        #expect(Ticks.linear(low, high, most: most, isWhole: true).map(\.label).joined(separator: " ") == expected)
    }

    @Test(arguments: [
        (0.009, 120, 9, "0.01 0.1 1 10 100"), (0.03, 0.9, 9, "0.05 0.1 0.2 0.5"), (1e-9, 2e-6, 9, "10⁻⁹ 10⁻⁸ 10⁻⁷ 10⁻⁶"), (3.1, 6.2, 9, "4 5 6"),
        (40, 41, 4, "40.0 40.5 41.0"), (1e-20, 1e20, 9, "10⁻²⁰ 10⁻¹⁵ 10⁻¹⁰ 10⁻⁵ 1 10⁵ 10¹⁰ 10¹⁵ 10²⁰"),
    ])
    func areRoundAmongLogarithms(low: Double, high: Double, most: Int, expected: String) {
        #expect(Ticks.logarithmic(low, high, most: most).map(\.label).joined(separator: " ") == expected)
    }

    /// Against exact fractions in Python, over magnitudes from 1e-12 to 1e12.
    @Test func areTheMostThatFit() throws {
        var cases: [(low: Double, high: Double, most: Int)] = [], state: UInt64 = 7
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 40) / 0x1p24
        }
        var magnitude = 1e-12
        while magnitude < 1e12 {
            let low = (next() - 0.5) * 20 * magnitude
            cases.append((low, low + (0.01 + next() * 10) * magnitude, 2 + Int(next() * 10)))
            magnitude *= 1.7
        }
        let script = """
            import sys
            from fractions import Fraction
            from math import ceil, floor
            for case in sys.argv[1:]:
                low, high, most = case.split(",")
                low, high, most = Fraction(float(low)), Fraction(float(high)), int(most)
                steps = sorted(m * Fraction(10) ** e for m in (1, 2, 5) for e in range(-17, 15))
                step = next(s for s in steps if floor(high / s) - ceil(low / s) + 1 <= most)
                print(*[float(k * step) for k in range(ceil(low / step), floor(high / step) + 1)])
            """
        let lines = try Python.run(script, cases.map { "\($0.low),\($0.high),\($0.most)" }).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, (low, high, most)) in cases.enumerated() {
            let values = Ticks.linear(low, high, most: most).map(\.value), expected = lines[index].split(separator: " ").map { Double($0)! }
            #expect(values == expected, "\(low)...\(high), \(most)")
        }
        #expect(cases.count > 90)
    }
}

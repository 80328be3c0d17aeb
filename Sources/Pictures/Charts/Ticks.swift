import Platform
import Texts

/// A number on an axis.
public struct Tick: Sendable, Equatable {
    public let value: Double
    public let label: String

    public init(_ value: Double, _ label: String) { (self.value, self.label) = (value, label) }
}

/// Where an axis has its numbers: at round ones.
public enum Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten within low...high: of the steps that give at most `most` of them, the smallest (P. Heckbert, "Nice
    /// numbers for graph labels", Graphics Gems, 1990, without its ends beyond the data).
    ///
    /// - Parameter isWhole: whether steps below one have no meaning, as for epochs.
    public static func linear(_ low: Double, _ high: Double, most: Int, isWhole: Bool = false) -> [Tick] {
        precondition(low < high && most > 0, "ticks are within low < high")
        let step = Step.smallest(for: low, high, most: most, isWhole: isWhole), (first, last) = step.multiples(low, high)
        guard first <= last else { return [] }
        return (first...last).map { Tick(step.value($0), step.label($0)) }
    }

    /// For an axis of logarithms within low...high, both above zero: powers of ten, and between them 2 and 5 times or all multiples of such where there
    /// are fewer than three; at most about `most`.
    public static func logarithmic(_ low: Double, _ high: Double, most: Int) -> [Tick] {
        precondition(0 < low && low < high && most > 0, "ticks of logarithms are within 0 < low < high")
        let decades = Int(log10(low).rounded(.down))...Int(log10(high).rounded(.up)), isShort = decades.lowerBound >= -4 && decades.upperBound <= 6
        for mantissas in [[1], [1, 2, 5], Array(1...9)] {
            let ticks = decades.flatMap { decade in mantissas.map { (mantissa: $0, exponent: decade) } }
            let inside = ticks.map { Tick(pow(10, Double($0.exponent)) * Double($0.mantissa), label($0.mantissa, $0.exponent, isShort)) }
                .filter { low * (1 - 1e-9) <= $0.value && $0.value <= high * (1 + 1e-9) }
            if inside.count >= 3 {
                let every = (inside.count + most - 1) / most
                return inside.enumerated().filter { $0.offset % every == 0 }.map(\.element)
            }
        }
        return linear(low, high, most: most)
    }

    private static func label(_ mantissa: Int, _ exponent: Int, _ isShort: Bool) -> String {
        isShort || exponent == 0 ? Decimal.fixed(Double(mantissa) * pow(10, Double(exponent)), max(0, -exponent)) : Decimal.power(mantissa, exponent)
    }
}

/// A distance between ticks: 1, 2 or 5 times a power of ten.
struct Step {
    let mantissa: Int, exponent: Int

    /// The smallest step of which at most `most` multiples lie within low...high.
    static func smallest(for low: Double, _ high: Double, most: Int, isWhole: Bool = false) -> Step {
        var exponent = Int(log10((high - low) / Double(most)).rounded(.down)) - 1
        if isWhole { exponent = max(exponent, 0) }
        while true {
            for mantissa in [1, 2, 5] {
                let step = Step(mantissa: mantissa, exponent: exponent), (first, last) = step.multiples(low, high)
                if last - first < most { return step }
            }
            exponent += 1
        }
    }

    /// The step itself.
    var size: Double { value(1) }

    /// A multiple; divided by a power of ten where the step is a fraction, so that it is the double nearest to its decimals.
    func value(_ multiple: Int) -> Double {
        let power = pow(10, Double(abs(exponent)))
        return exponent < 0 ? Double(multiple * mantissa) / power : Double(multiple * mantissa) * power
    }

    /// The first and the last multiple within low...high, with a little tolerance for numbers that were computed.
    func multiples(_ low: Double, _ high: Double) -> (first: Int, last: Int) {
        (Int((low / size - 1e-9).rounded(.up)), Int((high / size + 1e-9).rounded(.down)))
    }

    func label(_ multiple: Int) -> String {
        let number = multiple * mantissa
        if (-4...5).contains(exponent) { return Decimal.fixed(value(multiple), max(0, -exponent)) }
        if number == 0 { return "0" }
        // 20x10^6 is 2x10^7.
        var (mantissa, exponent) = (number, exponent)
        while mantissa % 10 == 0 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        return Decimal.power(mantissa, exponent)
    }
}

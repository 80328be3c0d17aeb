#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Numbers as charts show them.
public enum Decimal {
    /// With so many decimals, and U+2212 for a minus sign where `isTypographic`. The magnitude times 10^decimals is below 2^62.
    public static func fixed(_ value: Double, _ decimals: Int, isTypographic: Bool = true) -> String {
        let scaled = Int((value.magnitude * pow(10, Double(decimals))).rounded())
        let digits = String(scaled), padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? (isTypographic ? "\u{2212}" : "-") : ""
        return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// Without zeros at the end: what files hold as coordinates.
    static func short(_ value: Double, _ decimals: Int = 2) -> String {
        var text = fixed(value, decimals, isTypographic: false)
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// mantissa x 10^exponent, with U+00D7 and raised digits.
    static func power(_ mantissa: Int, _ exponent: Int) -> String {
        let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let digits = String(exponent.magnitude).map { raised[$0.wholeNumberValue ?? 0] }
        return (mantissa == 1 ? "" : mantissa == -1 ? "\u{2212}" : "\(fixed(Double(mantissa), 0))×") + "10" + (exponent < 0 ? "⁻" : "") + String(digits)
    }

    /// With commas between thousands: 10,000.
    public static func grouped(_ value: Int) -> String {
        let digits = Array(String(value.magnitude)), first = digits.count % 3
        let groups = stride(from: first, to: digits.count, by: 3).map { String(digits[$0..<$0 + 3]) }
        return (value < 0 ? "\u{2212}" : "") + ((first > 0 ? [String(digits[..<first])] : []) + groups).joined(separator: ",")
    }

    /// With lowered digits: z₁₂.
    public static func subscripted(_ name: String, _ index: Int) -> String {
        let lowered = Array("₀₁₂₃₄₅₆₇₈₉")
        return name + String(String(index).map { lowered[$0.wholeNumberValue ?? 0] })
    }
}

import Plots

extension Decimal {
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

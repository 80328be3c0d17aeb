/// Numbers as pictures and pages show them: with U+2212 for a minus sign.
public enum Decimal {
    /// With so many decimals, zero without a sign; a dash for what is not finite or has more than 18 digits.
    public static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.magnitude < 1e18 else { return "–" }
        return typographic(unsigned(value, decimals))
    }

    /// With so many decimals at most, none of them a zero at the end, and a plain minus sign: what files hold as coordinates.
    public static func short(_ value: Double, _ decimals: Int = 2) -> String {
        var text = unsigned(value, decimals)
        guard text.contains(".") else { return text }
        while text.hasSuffix("0") { text.removeLast() }
        if text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// mantissa x 10^exponent, with U+00D7 and raised digits.
    public static func power(_ mantissa: Int, _ exponent: Int) -> String {
        let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
        let digits = String(exponent.magnitude).map { raised[$0.wholeNumberValue ?? 0] }
        return (mantissa == 1 ? "" : mantissa == -1 ? "\u{2212}" : "\(fixed(Double(mantissa), 0))×") + "10" + (exponent < 0 ? "⁻" : "") + String(digits)
    }

    /// With commas between thousands: 10,000.
    public static func grouped(_ value: Int) -> String { typographic(value.grouped) }

    /// With lowered digits: z₁₂.
    public static func subscripted(_ name: String, _ index: Int) -> String {
        let lowered = Array("₀₁₂₃₄₅₆₇₈₉")
        return name + String(String(index).map { lowered[$0.wholeNumberValue ?? 0] })
    }

    /// printf's digits, but zero never has a sign.
    private static func unsigned(_ value: Double, _ decimals: Int) -> String {
        let text = value.fixed(decimals)
        return text.hasPrefix("-") && text.allSatisfy({ "-0.".contains($0) }) ? String(text.dropFirst()) : text
    }

    private static func typographic(_ text: String) -> String { text.hasPrefix("-") ? "\u{2212}" + text.dropFirst() : text }
}

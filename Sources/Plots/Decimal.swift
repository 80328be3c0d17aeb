#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Numbers as pictures and reports show them.
public enum Decimal {
    /// With so many decimals, and U+2212 for a minus sign where `isTypographic`; a dash for what is not finite or has more than 18 digits.
    public static func fixed(_ value: Double, _ decimals: Int, isTypographic: Bool = true) -> String {
        let magnitude = value.magnitude * pow(10, Double(decimals))
        guard magnitude < 1e18 else { return "–" }
        let scaled = Int(magnitude.rounded()), digits = String(scaled), padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let sign = value < 0 && scaled > 0 ? (isTypographic ? "\u{2212}" : "-") : ""
        return decimals == 0 ? sign + padded : sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}

extension Double {
    /// Without decimals where there are none: 1, 1.25.
    public var plain: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}

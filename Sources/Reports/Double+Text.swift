#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension Double {
    /// With so many decimals; a dash for what is not finite.
    func fixed(_ decimals: Int) -> String {
        guard isFinite, magnitude < 1e12 else { return "–" }
        let scaled = Int((magnitude * pow(10, Double(decimals))).rounded()), digits = String(scaled)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return (self < 0 && scaled > 0 ? "−" : "") + padded.dropLast(decimals) + (decimals > 0 ? "." + padded.suffix(decimals) : "")
    }

    /// Without decimals where there are none: 1, 1.25.
    var plain: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }
}

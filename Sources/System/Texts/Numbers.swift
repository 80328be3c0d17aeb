import Platform

extension BinaryInteger {
    /// With commas between thousands: 284,226.
    public var grouped: String {
        let digits = String(magnitude)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (self < 0 ? "-" : "") + text
    }
}

extension Int {
    /// A number of bytes in decimal units: 936 bytes, 12.9 kB, 1.4 MB.
    public var byteText: String {
        var value = Double(self), unit = "bytes"
        for next in ["kB", "MB", "GB", "TB"] where value >= 999.5 { (value, unit) = (value / 1000, next) }
        return unit == "bytes" ? "\(self) bytes" : "\(value.fixed(value < 99.95 ? 1 : 0)) \(unit)"
    }
}

extension Double {
    /// With a fixed number of decimals, as printf's %.*f.
    public func fixed(_ decimals: Int) -> String { formatted("%.*f", decimals) }

    /// With a number of significant digits, as printf's %.*g.
    public func significant(_ digits: Int) -> String { formatted("%.*g", digits) }

    /// Without decimals where there are none: 1, 1.25.
    public var plain: String { self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)" }

    private func formatted(_ format: String, _ precision: Int) -> String {
        withVaList([Int32(precision), self]) { arguments in
            var buffer = [CChar](repeating: 0, count: 512)
            let length = vsnprintf(&buffer, buffer.count, format, arguments)
            return String(decoding: buffer.prefix(min(Int(length), buffer.count - 1)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}

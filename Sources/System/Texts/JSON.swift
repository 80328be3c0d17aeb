/// A JSON value, written with its members in order.
public indirect enum JSON {
    case null
    case bool(Bool)
    case integer(Int)
    /// Such as a seed, which may be beyond Int.
    case unsigned(UInt64)
    /// NaN and infinities become null: JSON has none.
    case number(Double)
    case string(String)
    case array([JSON])
    case object([(String, JSON)])

    public static func integers(_ values: [Int]) -> JSON { .array(values.map { .integer($0) }) }
    public static func strings(_ values: [String]) -> JSON { .array(values.map { .string($0) }) }

    /// On one line.
    public var text: String {
        switch self {
        case .null: return "null"
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        case .unsigned(let value): return String(value)
        case .number(let value): return value.isFinite ? Self.number(value) : "null"
        case .string(let value): return Self.quoted(value)
        case .array(let values): return "[" + values.map(\.text).joined(separator: ",") + "]"
        case .object(let members): return "{" + members.map { Self.quoted($0) + ":" + $1.text }.joined(separator: ",") + "}"
        }
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) + ".0" : "\(value)"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

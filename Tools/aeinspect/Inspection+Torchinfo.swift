import Networks
import SystemFiles
import Texts
import ToolSupport

extension Inspection {
    /// Images of the report's tables.
    private static let batch = 4
    /// Torchinfo's columns: the first at least 40 wide, in steps of 5; the others 25.
    private static let nameWidth = 40, step = 5, columnWidth = 25

    /// The table that torchinfo 1.8 prints, byte for byte.
    func torchinfoText() throws -> String {
        let summary = TorchinfoSummary(try requireModel(), images: Self.batch)
        let names = summary.rows.map { $0.depth == 0 ? $0.type.printable : "\($0.type): \($0.depth)-\($0.index)" }
        let longest = zip(summary.rows, names).map { $0.depth * Self.step + 1 + $1.unicodeScalars.count }.max() ?? 0
        let width = longest >= Self.nameWidth ? (longest + Self.step - 1) / Self.step * Self.step : Self.nameWidth
        let rule = String(repeating: "=", count: width + 2 * Self.columnWidth)
        func row(_ name: String, _ shape: String, _ parameters: String) -> String {
            "\(name.padded(to: width)) \(shape.padded(to: Self.columnWidth)) \(parameters)"
        }
        var lines = [rule, row("Layer (type:depth-idx)", "Output Shape", "Param #"), rule]
        for (module, name) in zip(summary.rows, names) {
            let indent = module.depth == 0 ? "" : module.depth == 1 ? "├─" : String(repeating: "│    ", count: module.depth - 1) + "└─"
            lines.append(row(indent + name, "\(module.outputShape)", module.parameters == 0 ? "--" : module.parameters.grouped))
        }
        return (lines + [rule] + Self.totals(summary, rule) + [rule]).joined(separator: "\n")
    }

    private static func totals(_ summary: TorchinfoSummary, _ rule: String) -> [String] {
        func megabytes(_ bytes: Int) -> String { (Double(bytes) / 1e6).fixed(2) }
        let sizes = [summary.inputBytes, summary.passBytes, summary.parameterBytes]
        return [
            "Total params: \(summary.parameters.grouped)", "Trainable params: \(summary.parameters.grouped)", "Non-trainable params: 0",
            "Total mult-adds \(readable(summary.multiplyAdds))", rule,
            "Input size (MB): \(megabytes(sizes[0]))", "Forward/backward pass size (MB): \(megabytes(sizes[1]))", "Params size (MB): \(megabytes(sizes[2]))",
            "Estimated Total Size (MB): \(megabytes(sizes.reduce(0, +)))",
        ]
    }

    /// A number in millions or more, whole ones without decimals.
    private static func readable(_ count: Int) -> String {
        let (unit, scale) = Double(count) >= 1e12 ? ("TERABYTES", 1e12) : Double(count) >= 1e9 ? ("GIGABYTES", 1e9) : ("MEGABYTES", 1e6)
        let value = Double(count) / scale
        if value == value.rounded() { return "(Units.\(unit)): \(Int(value).grouped)" }
        // Numbers of a thousand and more have commas: only TERABYTES have such.
        let parts = value.fixed(2).split(separator: ".")
        return "(Units.\(unit)): \((Int(parts[0]) ?? 0).grouped).\(parts[1])"
    }

    func torchinfoJSON() throws -> JSON {
        let summary = TorchinfoSummary(try requireModel(), images: Self.batch)
        return .object([
            ("images", .integer(Self.batch)), ("parameters", .integer(summary.parameters)), ("multiply_adds", .integer(summary.multiplyAdds)),
            ("input_bytes", .integer(summary.inputBytes)), ("pass_bytes", .integer(summary.passBytes)), ("parameter_bytes", .integer(summary.parameterBytes)),
        ])
    }
}

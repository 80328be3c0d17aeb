import PNGFiles
import SystemFiles
import Texts

extension Drawing {
    /// The drawing as a file of SVG 1.1, on white, its size in pixels of CSS. Each text names its width, so that it keeps its room where the reader has
    /// another font. Throws `PNGError` where an image in it cannot be encoded.
    ///
    /// - Parameter font: what `Figure` measured the text with.
    public func svg(_ font: Font) throws -> String {
        var writer = SVGWriter(font)
        for mark in marks { try writer.write(mark) }
        let (width, height) = (Decimal.short(size.width), Decimal.short(size.height))
        let title = SVGWriter.escaped(title)
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="\(width)" height="\(height)" viewBox="0 0 \(width) \(height)" role="img" font-family="'DejaVu Sans', Verdana, sans-serif" font-size="12">
            <title>\(title)</title>
            <rect width="\(width)" height="\(height)" fill="\(Color.paper.hex)"/>
            \(writer.definitions)\(writer.body)</svg>

            """
    }
}

/// Writes marks as SVG elements, one a line.
private struct SVGWriter {
    private let font: Font
    private var symbols: [Symbol: Int] = [:]
    private(set) var body = ""

    init(_ font: Font) { self.font = font }

    /// The shapes that the points refer to, in the order of their first use.
    var definitions: String {
        guard !symbols.isEmpty else { return "" }
        let shapes = symbols.sorted { $0.value < $1.value }.map { symbol, index in
            let name = "id=\"s\(index)\"", fill = Self.fill(symbol.color)
            guard let corners = symbol.corners else { return "<circle \(name) r=\"\(Decimal.short(symbol.radius))\" \(fill)/>\n" }
            return "<path \(name) d=\"\(Self.path(corners))Z\" \(fill)/>\n"
        }
        return "<defs>\n\(shapes.joined())</defs>\n"
    }

    mutating func write(_ mark: Mark) throws {
        switch mark {
        case .line(let points, let stroke): body += "<path d=\"\(Self.path(points))\" fill=\"none\" \(Self.stroke(stroke))/>\n"
        case .area(let points, let fill, let stroke): body += "<path d=\"\(Self.path(points))Z\" \(Self.fill(fill))\(Self.border(stroke))/>\n"
        case .rectangle(let rectangle, let fill, let stroke): body += "<rect \(Self.place(rectangle)) \(Self.fill(fill))\(Self.border(stroke))/>\n"
        case .symbol(let symbol, let point):
            let index = symbols[symbol] ?? symbols.count
            symbols[symbol] = index
            body += "<use xlink:href=\"#s\(index)\" x=\"\(Decimal.short(point.x))\" y=\"\(Decimal.short(point.y))\"/>\n"
        case .text(let text, let point): write(text, point)
        case .image(let image, let rectangle):
            body += "<image \(Self.place(rectangle)) style=\"image-rendering:pixelated\" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,\(try image.encode().base64)\"/>\n"
        case .group(let name, let marks):
            body += "<g class=\"\(Self.escaped(name))\">\n"
            for mark in marks { try write(mark) }
            body += "</g>\n"
        }
    }

    private mutating func write(_ text: Text, _ point: Point) {
        let (x, y) = (Decimal.short(point.x), Decimal.short(point.y))
        var attributes = "x=\"\(x)\" y=\"\(y)\" textLength=\"\(Decimal.short(font.width(text)))\" lengthAdjust=\"spacingAndGlyphs\" \(Self.fill(text.color))"
        if text.size != 12 { attributes += " font-size=\"\(Decimal.short(text.size))\"" }
        if text.isBold { attributes += " font-weight=\"bold\"" }
        if text.anchor != .start { attributes += " text-anchor=\"\(text.anchor.rawValue)\"" }
        if text.isUpright { attributes += " transform=\"rotate(-90 \(x) \(y))\"" }
        if text.hasHalo {
            body += "<text \(attributes) \(Self.stroke(Stroke(.paper, width: text.size * Text.haloWidth))) stroke-linejoin=\"round\" aria-hidden=\"true\">\(Self.escaped(text.string))</text>\n"
        }
        body += "<text \(attributes)>\(Self.escaped(text.string))</text>\n"
    }

    private static func path(_ points: [Point]) -> String {
        guard let first = points.first else { return "" }
        func text(_ point: Point) -> String { "\(Decimal.short(point.x)) \(Decimal.short(point.y))" }
        return "M\(text(first))" + points.dropFirst().map { "L\(text($0))" }.joined()
    }

    private static func place(_ rectangle: Rectangle) -> String {
        "x=\"\(Decimal.short(rectangle.x))\" y=\"\(Decimal.short(rectangle.y))\" width=\"\(Decimal.short(rectangle.width))\" height=\"\(Decimal.short(rectangle.height))\""
    }

    private static func fill(_ color: Color) -> String {
        "fill=\"\(color.hex)\"" + (color.opacity < 1 ? " fill-opacity=\"\(Decimal.short(color.opacity))\"" : "")
    }

    private static func stroke(_ stroke: Stroke) -> String {
        let dash = stroke.dash.isEmpty ? "" : " stroke-dasharray=\"\(stroke.dash.map { Decimal.short($0) }.joined(separator: " "))\""
        let opacity = stroke.color.opacity < 1 ? " stroke-opacity=\"\(Decimal.short(stroke.color.opacity))\"" : ""
        return "stroke=\"\(stroke.color.hex)\" stroke-width=\"\(Decimal.short(stroke.width))\"\(dash)\(opacity)"
    }

    private static func border(_ stroke: Stroke?) -> String { stroke.map { " " + Self.stroke($0) } ?? "" }

    /// Text as XML has it, without the characters that XML cannot hold.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}

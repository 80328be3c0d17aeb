import SystemFiles
import Texts

/// A report as one file of HTML that needs no other and no network: its style and its pictures are within.
enum HTMLPage {
    private static let largestPicture = 1 << 26

    /// Throws `SystemError` where a picture cannot be read.
    static func text(_ blocks: [PageBlock], folder: String) throws -> String {
        let body = try blocks.map { try text($0, folder) }.joined()
        let title = blocks.lazy.compactMap { if case .heading(1, let text) = $0 { text } else { nil } }.first ?? "Report"
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            + "<title>\(escaped(title))</title>\n<style>\n\(style)\n</style>\n</head>\n<body>\n\(body)</body>\n</html>\n"
    }

    private static let style = """
        body { max-width: 62rem; margin: 2rem auto; padding: 0 1rem; font: 16px/1.5 system-ui, "DejaVu Sans", Verdana, sans-serif; color: #1f1f1f; background: #fff; }
        h1, h2, h3 { line-height: 1.2; } h2 { margin-top: 3rem; border-bottom: 1px solid #ddd; padding-bottom: .3rem; }
        figure { margin: 2rem 0; text-align: center; } figcaption { margin-top: .6rem; text-align: center; }
        .parts { display: flex; flex-wrap: wrap; justify-content: center; gap: 1rem; } .part { flex: 0 1 auto; min-width: 0; max-width: 100%; }
        img { max-width: 100%; height: auto; } .part p { margin: .3rem 0; font-size: .9rem; }
        pre { overflow-x: auto; font-size: .75rem; line-height: 1.35; text-align: left; background: #f6f6f6; padding: .5rem .7rem; border-radius: 4px; }
        pre.command { width: 0; min-width: 100%; box-sizing: border-box; white-space: pre-wrap; overflow-wrap: anywhere; color: #444; }
        .scroll { overflow-x: auto; } table { border-collapse: collapse; margin: 1rem auto; font-size: .9rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .25rem .7rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #e4e4e4; } th:first-child, td:first-child { text-align: left; }
        th { border-bottom: 2px solid #999; } .missing { color: #8a1c00; }
        @media print { body { max-width: none; } figure, table { break-inside: avoid; } }
        """

    private static func text(_ block: PageBlock, _ folder: String) throws -> String {
        switch block {
        case .heading(let level, let text): "<h\(level)>\(escaped(text))</h\(level)>\n"
        case .paragraph(let text): "<p>\(escaped(text))</p>\n"
        case .table(let table): self.table(table)
        case .figure(let number, let caption, let parts, let table):
            "<figure id=\"figure-\(number)\">\n<div class=\"parts\">\n"
                + (try parts.enumerated().map { try part($0.element, caption, letter: parts.count > 1 ? $0.offset : nil, folder) }.joined())
                + "</div>\n\(table.map(self.table) ?? "")<figcaption><b>Figure \(number):</b> \(escaped(caption))</figcaption>\n</figure>\n"
        }
    }

    private static func part(_ part: FigurePart, _ caption: String, letter: Int?, _ folder: String) throws -> String {
        let content = switch part.content {
        case .picture(let file): "<img alt=\"\(escaped(part.caption.isEmpty ? caption : part.caption))\" src=\"\(try source(file, folder))\">\n"
        case .text(let text): "<pre>\(escaped(text))</pre>\n"
        case .missing(let reason): "<p class=\"missing\">\(escaped(reason))</p>\n"
        }
        let name = letter.map { "(\(UnicodeScalar(UInt8(97 + $0)))) " } ?? ""
        return "<div class=\"part\">\n\(content)" + (part.caption.isEmpty ? "" : "<p>\(name)\(escaped(part.caption))</p>\n")
            + (part.command.isEmpty ? "" : "<pre class=\"command\">$ \(escaped(part.command))</pre>\n") + "</div>\n"
    }

    /// A picture as a data URI (RFC 2397).
    private static func source(_ file: String, _ folder: String) throws -> String {
        let type = file.hasSuffix(".svg") ? "image/svg+xml" : "image/png"
        return "data:\(type);base64,\(try FileBytes.read("\(folder)/\(file)", limit: largestPicture).base64)"
    }

    private static func table(_ table: PageTable) -> String {
        func line(_ cells: [String], _ element: String) -> String { "<tr>" + cells.map { "<\(element)>\(escaped($0))</\(element)>" }.joined() + "</tr>\n" }
        return (table.heading.isEmpty ? "" : "<h3>\(escaped(table.heading))</h3>\n")
            + "<div class=\"scroll\"><table>\n<thead>\n\(line(table.columns, "th"))</thead>\n<tbody>\n\(table.rows.map { line($0, "td") }.joined())</tbody>\n</table></div>\n"
    }

    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}

/// A report in GitHub's Markdown; pictures are files beside it.
enum MarkdownPage {
    static func text(_ blocks: [PageBlock]) -> String { blocks.map(text).joined(separator: "\n") }

    private static func text(_ block: PageBlock) -> String {
        switch block {
        case .heading(let level, let text): String(repeating: "#", count: level) + " \(escaped(text))\n"
        case .paragraph(let text): escaped(text) + "\n"
        case .table(let table): self.table(table)
        case .figure(let number, let caption, let parts, let table):
            parts.map(part).joined(separator: "\n") + "\n" + (table.map { self.table($0) + "\n" } ?? "") + "**Figure \(number):** \(escaped(caption))\n"
        }
    }

    private static func part(_ part: FigurePart) -> String {
        let content = switch part.content {
        case .picture(let file): "![\(escaped(part.caption.isEmpty ? file : part.caption))](\(file))\n"
        case .text(let text): fenced(text)
        case .missing(let reason): "*\(escaped(reason))*\n"
        }
        return content + (part.caption.isEmpty ? "" : "\n\(escaped(part.caption))\n") + (part.command.isEmpty ? "" : "\n" + fenced("$ \(part.command)"))
    }

    private static func fenced(_ text: String) -> String { "```text\n\(text)\(text.hasSuffix("\n") ? "" : "\n")```\n" }

    private static func table(_ table: PageTable) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.map(escaped).joined(separator: " | ") + " |\n" }
        return (table.heading.isEmpty ? "" : "### \(escaped(table.heading))\n\n") + line(table.columns)
            + "|" + table.columns.indices.map { $0 == 0 ? " --- |" : " ---: |" }.joined() + "\n" + table.rows.map(line).joined()
    }

    /// Text whose characters mean themselves.
    static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            if "\\`*_[]<>|#".contains(character) { result.append("\\") }
            result.append(character.isNewline ? " " : character)
        }
    }
}

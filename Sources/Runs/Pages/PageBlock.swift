/// A piece of a report, from top to bottom.
enum PageBlock {
    /// Level 1 is the report's own title, 2 a section's.
    case heading(Int, String)
    case paragraph(String)
    case table(PageTable)
    /// A figure: its parts, made or missing, and a table below them.
    case figure(Int, caption: String, parts: [FigurePart], table: PageTable?)
}

/// A part of a figure that has been made, or that a sweep has no network for.
struct FigurePart {
    enum Content {
        /// The name of a picture in the report's folder.
        case picture(String)
        case text(String)
        /// Why there is nothing.
        case missing(String)
    }

    let caption: String
    /// The command in words; empty where there is none.
    let command: String
    let content: Content
}

/// A figure of the report, and the commands that make it again.
public struct ReportFigure: Sendable {
    /// A picture or a text of the figure, and the command that makes it alone.
    public struct Part: Sendable {
        /// What is said of this part alone: (a) ...; empty where the figure's caption says it all.
        public let caption: String
        public let tool: String
        /// The command's words but for the output.
        public let words: [Word]
        /// What the command makes: a picture with this ending, or text on standard output.
        public let ending: String
    }

    public enum Word: Sendable {
        case text(String)
        /// The file of a network.
        case model(ReportModel)
    }

    /// The rows of the sweep that the figure shows as a table too.
    public struct Rows: Sendable {
        let models: [String], bottleneck: Int?

        public func contains(_ row: PageRow) -> Bool { models.contains(row.model) && row.bottleneck == bottleneck ?? row.bottleneck && row.reportAccuracy != nil }
    }

    public let number: Int
    /// The report's.
    public let caption: String
    public let parts: [Part]
    public let rows: Rows?

    init(_ number: Int, _ caption: String, _ parts: [Part], rows: Rows? = nil) {
        (self.number, self.caption, self.parts, self.rows) = (number, caption, parts, rows)
    }
}

extension ReportFigure {
    /// The names of the parts' files, within the report's folder: figures/figure-03.png, or -03a and -03b where there are several.
    public func file(of part: Int) -> String {
        let digits = number < 10 ? "0\(number)" : "\(number)", letter = parts.count > 1 ? String(UnicodeScalar(UInt8(97 + part))) : ""
        return "figures/figure-\(digits)\(letter)\(parts[part].ending)"
    }

    /// A part's command as it runs in the report's folder; nil where `file` knows no file of a network in it.
    public func command(of part: Int, file: (ReportModel) -> String?) -> [String]? {
        var command = [parts[part].tool]
        for word in parts[part].words {
            switch word {
            case .text(let text): command.append(text)
            case .model(let model):
                guard let file = file(model) else { return nil }
                command.append(file)
            }
        }
        return parts[part].ending == ".txt" ? command : command + ["-o", self.file(of: part)]
    }
}

extension ReportFigure.Part {
    static func plot(_ models: [ReportModel], _ words: String, _ ending: String, caption: String = "") -> Self {
        Self(caption: caption, tool: "aeplot", words: models.map { .model($0) } + split(words), ending: ending)
    }

    static func plot(_ file: String, _ words: String, title: String, _ ending: String, caption: String) -> Self {
        Self(caption: caption, tool: "aeplot", words: [.text(file)] + split(words) + [.text("--title"), .text(title)], ending: ending)
    }

    static func decode(_ model: ReportModel, _ words: String, caption: String = "") -> Self {
        Self(caption: caption, tool: "aedecode", words: [.model(model)] + split(words), ending: ".png")
    }

    static func layers(_ model: ReportModel) -> Self { Self(caption: "", tool: "aeinspect", words: [.model(model)] + split("--torchinfo"), ending: ".txt") }

    private static func split(_ words: String) -> [ReportFigure.Word] { words.split(separator: " ").map { .text(String($0)) } }
}

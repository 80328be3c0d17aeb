import ModelFiles
import ToolSupport

/// A score and the file that it is of; nil for the untouched images.
struct Scored {
    let path: String?
    let score: Score

    static func json(_ scores: [Scored]) -> String {
        JSON.object([("scores", .array(scores.map { scored in
            let score = scored.score
            return .object([
                ("name", .string(score.name)), ("model", scored.path.map { .string($0) } ?? .null), ("accuracy", .number(score.accuracy)),
                ("correct", .integer(score.correct)), ("count", .integer(score.count)),
                ("confusion", .array(score.confusion.map { .array($0.map { .integer($0) }) })),
            ])
        }))]).text
    }

    /// Accuracies in percent, over all images and for each class; a confusion matrix below where there is one score besides the originals.
    static func table(_ scores: [Scored]) -> String {
        let names = scores.map { $0.path.map { path in "\(path)" } ?? $0.score.name }, width = max(8, names.map(\.count).max() ?? 0)
        let classes = scores[0].score.confusion.count
        var lines = [pad("", width) + right("accuracy", 10) + (0..<classes).map { right("\($0)", 6) }.joined()]
        for (name, scored) in zip(names, scores) {
            lines.append(pad(name, width) + right(scored.score.accuracy.fixed(2), 10) + (0..<classes).map { right(scored.score.accuracy(of: $0).fixed(1), 6) }.joined())
        }
        if scores.count == 2 { lines += ["", "\(names[1]): true class (rows) read as (columns)"] + confusion(scores[1].score) }
        return lines.joined(separator: "\n")
    }

    private static func confusion(_ score: Score) -> [String] {
        let classes = score.confusion.indices
        return [right("", 4) + classes.map { right("\($0)", 6) }.joined()]
            + classes.map { row in right("\(row)", 4) + score.confusion[row].map { right("\($0)", 6) }.joined() }
    }

    private static func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
    private static func right(_ text: String, _ width: Int) -> String { String(repeating: " ", count: max(0, width - text.count)) + text }
}

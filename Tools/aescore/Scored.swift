import Evaluation
import ModelFiles
import Texts
import ToolSupport

/// A score and the file that it is of; nil for the untouched images.
struct Scored {
    let path: String?
    let score: Score

    static func json(_ scores: [Scored]) -> String {
        JSON.object([("scores", .array(scores.map { scored in
            let confusion = scored.score.confusion
            return .object([
                ("name", .string(scored.score.name)), ("model", scored.path.map { .string($0) } ?? .null), ("accuracy", .number(confusion.accuracy)),
                ("correct", .integer(confusion.correct)), ("count", .integer(confusion.count)),
                ("confusion", .array(confusion.counts.map { .array($0.map { .integer($0) }) })),
            ])
        }))]).text
    }

    /// Accuracies in percent, over all images and for each class; a confusion matrix below where there is one score besides the originals.
    static func table(_ scores: [Scored]) -> String {
        let names = scores.map { $0.path ?? $0.score.name }, classes = 0..<scores[0].score.confusion.classes
        var table = TextTable([("", .left), ("accuracy", .right), ("images", .right)] + classes.map { ("\($0)", .right) })
        for (name, scored) in zip(names, scores) {
            let confusion = scored.score.confusion
            table.add([name, confusion.accuracy.fixed(2), confusion.count.grouped] + classes.map { confusion.accuracy(of: $0).fixed(1) })
        }
        let confusion = scores.count == 2 ? ["", "\(names[1]): true class (rows) read as (columns)"] + lines(scores[1].score.confusion) : []
        return (table.lines + confusion).joined(separator: "\n")
    }

    private static func lines(_ confusion: Confusion) -> [String] {
        var table = TextTable([("", .right)] + (0..<confusion.classes).map { ("\($0)", .right) })
        for (row, counts) in confusion.counts.enumerated() { table.add(["\(row)"] + counts.map { "\($0)" }) }
        return table.lines
    }
}

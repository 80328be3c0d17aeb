import ModelFiles
import Texts
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
        let names = scores.map { $0.path ?? $0.score.name }, classes = scores[0].score.confusion.indices
        var table = TextTable([("", .left), ("accuracy", .right), ("images", .right)] + classes.map { ("\($0)", .right) })
        for (name, scored) in zip(names, scores) {
            table.add([name, scored.score.accuracy.fixed(2), scored.score.count.grouped] + classes.map { scored.score.accuracy(of: $0).fixed(1) })
        }
        let confusion = scores.count == 2 ? ["", "\(names[1]): true class (rows) read as (columns)"] + confusion(scores[1].score) : []
        return (table.lines + confusion).joined(separator: "\n")
    }

    private static func confusion(_ score: Score) -> [String] {
        let classes = score.confusion.indices
        var table = TextTable([("", .right)] + classes.map { ("\($0)", .right) })
        for row in classes { table.add(["\(row)"] + score.confusion[row].map { "\($0)" }) }
        return table.lines
    }
}

import ModelFiles
import Networks
import Texts
import ToolSupport

extension Inspection {
    /// A row a tensor: its numbers' range, mean, deviation and histogram, and how many are none.
    func weightsText() throws -> String {
        var table = TextTable([("tensor", .left), ("shape", .left), ("min", .right), ("max", .right), ("mean", .right), ("std", .right),
                               ("NaN", .right), ("Inf", .right), ("histogram", .left)])
        for (name, shape, tensor) in try ModelRecord.statistics(requireModel(), of: file.root) {
            let numbers = [tensor.minimum, tensor.maximum, tensor.mean, tensor.deviation].map { $0.significant(4) }
            table.add([name, "\(shape)"] + numbers + [tensor.nanCount, tensor.infinityCount].map(\.grouped) + [Sparkline.bars(tensor.histogram)])
        }
        return Self.text(table)
    }

    func weightsJSON() throws -> JSON {
        .array(try ModelRecord.statistics(requireModel(), of: file.root).map { name, shape, tensor in
            .object([
                ("name", .string(name)), ("shape", .integers(shape)), ("count", .integer(tensor.count)), ("min", .number(tensor.minimum)),
                ("max", .number(tensor.maximum)), ("mean", .number(tensor.mean)), ("std", .number(tensor.deviation)),
                ("nan", .integer(tensor.nanCount)), ("inf", .integer(tensor.infinityCount)), ("histogram", .integers(tensor.histogram)),
            ])
        })
    }

    /// A row an epoch, the best test loss marked.
    func historyText() throws -> String {
        let history = try requireTraining().state.history
        let best = history.map(\.evalLoss).filter(\.isFinite).min()
        var table = TextTable([("epoch", .right), ("train loss", .right), ("test loss", .right), ("", .left)])
        for record in history {
            table.add([record.epoch.grouped, record.trainLoss.significant(7), record.evalLoss.significant(7), record.evalLoss == best ? "best" : ""])
        }
        return Self.text(table)
    }

    func historyJSON() throws -> JSON {
        .array(try requireTraining().state.history.map {
            .object([("epoch", .integer($0.epoch)), ("train_loss", .number($0.trainLoss)), ("eval_loss", .number($0.evalLoss))])
        })
    }

    private static func text(_ table: TextTable) -> String {
        let lines = table.lines
        return ([Style.faint(lines[0])] + lines.dropFirst()).joined(separator: "\n")
    }
}

import Texts

extension SweepResults {
    /// A row a run for people to read, under the tables' headings.
    public var table: String {
        var text = TextTable([("table", .left), ("model", .left), ("k", .right), ("KL", .right), ("seed", .right), ("accuracy", .right), ("sampled", .right),
                              ("report", .right), ("squared error", .right), ("seconds", .right)])
        for row in rows.compactMap({ $0 }) {
            let run = row.run
            text.add([run.table.shown, run.model, "\(run.bottleneck)", run.klWeight?.plain ?? "", run.seed.map { "\($0)" } ?? "", row.accuracy.fixed(2),
                      row.sampledAccuracy?.fixed(2) ?? "", run.reportAccuracy?.fixed(2) ?? "", row.meanSquaredError.significant(4), row.seconds?.fixed(2) ?? ""])
        }
        return text.lines.joined(separator: "\n")
    }
}

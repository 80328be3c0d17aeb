import Texts

/// A table of a report: text in columns.
public struct PageTable: Sendable {
    public let heading: String
    public let columns: [String]
    /// [rows][columns].
    public let rows: [[String]]

    public init(heading: String, columns: [String], rows: [[String]]) {
        precondition(rows.allSatisfy { $0.count == columns.count }, "a cell for each column")
        (self.heading, self.columns, self.rows) = (heading, columns, rows)
    }
}

/// Runs of one network that differ in their seed alone.
struct PageGroup {
    let rows: [PageRow]

    var first: PageRow { rows[0] }
    var accuracy: Double { Self.mean(rows.map(\.accuracy)) }
    /// What we have more than the report, in percentage points; nil where it has no such row.
    var difference: Double? { first.reportAccuracy.map { accuracy - $0 } }

    /// Groups in the order of their first rows.
    static func groups(of rows: [PageRow]) -> [PageGroup] {
        var groups: [[PageRow]] = []
        for row in rows {
            let place = groups.firstIndex { group in
                group[0].table == row.table && group[0].model == row.model && group[0].bottleneck == row.bottleneck && group[0].klWeight == row.klWeight
                    && group[0].reconstructionWeight == row.reconstructionWeight
            }
            if let place { groups[place].append(row) } else { groups.append([row]) }
        }
        return groups.map { PageGroup(rows: $0) }
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// 78.90, of several seeds 78.90 ± 0.31: mean and standard deviation, whose divisor is n - 1.
    static func spread(_ values: [Double], _ decimals: Int) -> String {
        let mean = mean(values), text = Decimal.fixed(mean, decimals)
        guard values.count > 1 else { return text }
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)).squareRoot()
        return "\(text) ± \(Decimal.fixed(deviation, decimals))"
    }
}

extension PageTable {
    /// The report's names of its networks.
    private static let names = ["ae": "AEncoder", "conv": "Conv. AEncoder", "simple": "SimpleAEncoder", "vae": "VariationalAutoEncoder", "conv-vae": "ConvVariationalAutoEncoder",
                                "cvae": "CondVariationalAutoEncoder", "conv-cvae": "CondConvVariationalAutoEncoder", "pca": "PCA"]

    /// Our accuracies beside the report's; columns that no row has anything for are left out.
    init(heading: String, _ rows: [PageRow]) {
        let groups = PageGroup.groups(of: rows)
        let columns: [(title: String, cell: (PageGroup) -> String)] = [
            ("model", { Self.names[$0.first.model] ?? $0.first.model }), ("bottleneck", { "\($0.first.bottleneck)" }),
            ("KL weight", { $0.first.klWeight?.plain ?? "" }),
            ("reconstruction weight", { $0.first.reconstructionWeight.flatMap { $0 == 1 ? nil : $0.plain } ?? "" }), ("z = μ, %", { PageGroup.spread($0.rows.map(\.accuracy), 2) }),
            ("z sampled, %", { group in
                let sampled = group.rows.compactMap(\.sampledAccuracy)
                return sampled.isEmpty ? "" : PageGroup.spread(sampled, 2)
            }),
            ("report, %", { $0.first.reportAccuracy.map { Decimal.fixed($0, 2) } ?? "" }), ("difference", { $0.difference.map { ($0 >= 0 ? "+" : "") + Decimal.fixed($0, 2) } ?? "" }),
            ("squared error", { PageGroup.spread($0.rows.map(\.testError), 4) }),
            ("seconds", { group in
                let seconds = group.rows.compactMap(\.seconds)
                return seconds.isEmpty ? "" : Decimal.fixed(PageGroup.mean(seconds), 1)
            }),
        ]
        let cells = columns.map { column in groups.map(column.cell) }, used = columns.indices.filter { cells[$0].contains { !$0.isEmpty } }
        self.init(heading: heading, columns: used.map { columns[$0].title }, rows: groups.indices.map { group in used.map { cells[$0][group] } })
    }
}

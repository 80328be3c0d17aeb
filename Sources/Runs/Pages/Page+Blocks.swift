import Optimization
import Texts

extension Page {
    /// A sweep of one's own: its tables, then its figures.
    ///
    /// - Parameter made: what has been made of the figures, by their numbers.
    func ownBlocks(_ figures: [ReportFigure], _ made: [Int: [FigurePart]]) -> [PageBlock] {
        let shown = figures.map { PageBlock.figure($0.number, caption: $0.caption, parts: made[$0.number] ?? [], table: nil) }
        return [.heading(1, facts.title)] + summary + tables(of: rows) + (shown.isEmpty ? [] : [.heading(2, "Figures")] + shown)
    }

    /// The whole report in the order of the original.
    ///
    /// - Parameter made: as above.
    func reportBlocks(_ made: [Int: [FigurePart]]) -> [PageBlock] {
        func section(_ title: String, _ text: String, _ figures: [ReportFigure]) -> [PageBlock] {
            [.heading(2, title), .paragraph(text)] + figures.map { figure in
                let shown = figure.rows.map { wanted in rows.filter(wanted.contains) } ?? []
                return .figure(figure.number, caption: figure.caption, parts: made[figure.number] ?? [], table: shown.isEmpty ? nil : PageTable(heading: "", shown))
            }
        }
        return [.heading(1, facts.title)] + summary
            + section("Principal component analysis", "The report's example has three points of three features, of which two say the same. Its components show that two dimensions are enough.",
                      ReportFigure.components)
            + section("Auto-encoders", "What the encoders make of the test images, and what the decoders make of the encoders' work.", ReportFigure.autoEncoders)
            + section("A simple experiment with auto-encoder models", "A small classifier, the reader, reads the reconstructions: how many it still reads right says how much they have kept.",
                      ReportFigure.experiment)
            + section("Variational auto-encoders", "The loss is the squared error of an image plus the KL divergence of its latent from N(0, 1), times a weight. "
                      + "Figure 10 of the report is a drawing of back-propagation, which no network makes; aekit's tests hold its example.", ReportFigure.variational)
            + section("Conditional variational auto-encoders", "The digit is given to encoder and decoder, so that the latent need not hold it.", ReportFigure.conditional)
            + section("The models' layers", "As torchinfo prints them for four images.", ReportFigure.layers)
            + section("Generating digits from medians", "The median of each digit's latents, number by number, decoded.", ReportFigure.medians)
            + section("Generating digits at random", "Latents drawn from N(0, 1), decoded.", ReportFigure.random)
            + closing
    }

    /// What was run, and how it compares in one line.
    private var summary: [PageBlock] {
        let groups = PageGroup.groups(of: rows), differences = groups.compactMap(\.difference)
        let seeds = Set(rows.compactMap(\.seed)).sorted().map { "\($0)" }
        let training = seeds.isEmpty ? "" : "Recipe: \(facts.recipe). \(seeds.count == 1 ? "Seed" : "Seeds"): \(seeds.joined(separator: ", ")). "
        var lines = ["Data: \(facts.data). " + training + "The reader reads \(Decimal.fixed(facts.readerAccuracy, 2)) % of the untouched test images right."]
        if !differences.isEmpty {
            let better = differences.count { $0 >= 0 }
            lines.append("Of the report's \(differences.count) accuracies \(better) are reached or surpassed; the mean difference is \(Decimal.fixed(PageGroup.mean(differences), 2)) percentage points.")
        }
        lines.append("The tables' percentages are reconstructions of test images that the reader, a small classifier, reads right: encoded to the mean (z = μ), and with z sampled "
            + "where the network samples\(differences.isEmpty ? "" : "; then what the report reached, and what z = μ has more than that, in percentage points"). "
            + "Squared errors are means over all pixels, seconds those of training. "
            + "Where several seeds were run, numbers are means with standard deviations. Below each figure stands the command "
            + "that makes it alone, in the folder of this report; AEKIT_DATA names the data for those that show images.")
        return lines.map { .paragraph($0) }
    }

    /// The rows that no figure shows, and further tables.
    private var closing: [PageBlock] {
        let shown = ReportFigure.all.compactMap(\.rows), tables = tables(of: rows.filter { row in !shown.contains { $0.contains(row) } })
        return tables.isEmpty ? [] : [.heading(2, "Further tables")] + tables
    }

    /// Rows under their headings, and the further tables.
    private func tables(of rows: [PageRow]) -> [PageBlock] {
        var headings: [String] = []
        for row in rows where !headings.contains(row.table) { headings.append(row.table) }
        return (headings.map { heading in PageTable(heading: heading, rows.filter { $0.table == heading }) } + further).map { .table($0) }
    }
}

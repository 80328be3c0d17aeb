extension Report {
    /// The whole report in the order of the original.
    ///
    /// - Parameter parts: what has been made of a figure, by its number.
    func blocks(_ parts: (Int) -> [FigurePart]) -> [ReportBlock] {
        func section(_ title: String, _ text: String, _ figures: [ReportFigure]) -> [ReportBlock] {
            [.heading(2, title), .paragraph(text)] + figures.map { figure in
                let shown = figure.rows.map { wanted in rows.filter(wanted.contains) } ?? []
                return .figure(figure.number, caption: figure.caption, parts: parts(figure.number), table: shown.isEmpty ? nil : ReportTable(heading: "", shown))
            }
        }
        return [.heading(1, "On auto-encoders: the report, made again")] + summary
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
    private var summary: [ReportBlock] {
        let groups = ReportGroup.groups(of: rows), differences = groups.compactMap(\.difference)
        let seeds = Set(rows.compactMap(\.seed)).sorted().map { "\($0)" }
        var lines = ["Data: \(facts.data). Recipe: \(facts.recipe). \(seeds.count == 1 ? "Seed" : "Seeds"): \(seeds.joined(separator: ", ")). "
            + "The reader reads \(facts.readerAccuracy.fixed(2)) % of the untouched test images right."]
        if !differences.isEmpty {
            let better = differences.count { $0 >= 0 }
            lines.append("Of the report's \(differences.count) accuracies \(better) are reached or surpassed; the mean difference is \(ReportGroup.mean(differences).fixed(2)) percentage points.")
        }
        lines.append("Accuracies are of reconstructions of the test images. Where several seeds were run, they are means with standard deviations. Below each figure stands the command "
            + "that makes it alone, in the folder of this report; AEKIT_DATA names the data for those that show images.")
        return lines.map { .paragraph($0) }
    }

    /// The rows that no figure shows, and further tables.
    private var closing: [ReportBlock] {
        let shown = ReportFigure.all.compactMap(\.rows), rest = rows.filter { row in !shown.contains { $0.contains(row) } }
        var headings: [String] = []
        for row in rest where !headings.contains(row.table) { headings.append(row.table) }
        let tables = headings.map { heading in ReportTable(heading: heading, rest.filter { $0.table == heading }) } + further
        return tables.isEmpty ? [] : [.heading(2, "Further tables")] + tables.map { .table($0) }
    }
}

extension ReportFigure {
    /// More networks than this make a figure that nobody can read.
    private static let mostLosses = 9, mostPictures = 12, mostPlanes = 6

    /// The figures that suit the rows of a sweep of one's own, numbered from 1; of runs that differ in their seed the first is shown.
    static func suiting(_ rows: [PageRow]) -> [ReportFigure] {
        let first = PageGroup.groups(of: rows).map(\.first), trained = first.filter { $0.seed != nil }
        let kinds: [(caption: String, rows: [PageRow], words: [String], ending: String)] = [
            ("Losses.", Array(trained.prefix(mostLosses)), ["--history"], ".svg"),
            ("Test images, and what each network makes of them.", Array(first.prefix(mostPictures)), ["--reconstructions", "--limit", "10"], ".png"),
            ("The latents of the test images.", Array(first.filter { $0.bottleneck > 1 }.prefix(mostPlanes)), ["--latents"], ".png"),
        ]
        return kinds.filter { !$0.rows.isEmpty }.enumerated().map { index, kind in
            let part = Part(caption: "", tool: "aeplot", words: kind.rows.map { .text($0.file) } + kind.words.map { .text($0) }, ending: kind.ending)
            return ReportFigure(index + 1, kind.caption, [part])
        }
    }
}

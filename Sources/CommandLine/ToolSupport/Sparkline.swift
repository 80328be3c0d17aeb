/// Numbers as a line of blocks of eight heights.
public enum Sparkline {
    private static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

    /// A curve between its least and its greatest number: a block a number, or a block for the mean of several where there are more than
    /// `width`. A gap stands for what is not finite.
    public static func curve(_ values: [Double], width: Int) -> String {
        let means = resampled(values, width), finite = means.filter(\.isFinite)
        guard let least = finite.min(), let greatest = finite.max() else { return String(repeating: " ", count: means.count) }
        // Halves, for the difference of two finite numbers may be infinite.
        return String(means.map { $0.isFinite ? block(greatest > least ? ($0 / 2 - least / 2) / (greatest / 2 - least / 2) : 0.5) : " " })
    }

    /// Counts, in heights from zero; a gap stands for zero alone.
    public static func bars(_ counts: [Int]) -> String {
        let greatest = Double(counts.max() ?? 0)
        return String(counts.map { $0 == 0 ? " " : block(Double($0) / greatest) })
    }

    /// The lowest block also stands for a share that is no number, of a difference too small to halve.
    private static func block(_ share: Double) -> Character { share > 0 ? blocks[min(Int(share * 8), 7)] : blocks[0] }

    private static func resampled(_ values: [Double], _ width: Int) -> [Double] {
        guard values.count > width else { return values }
        return (0..<width).map { column in
            let part = values[column * values.count / width..<(column + 1) * values.count / width]
            return part.reduce(0, +) / Double(part.count)
        }
    }
}

import Platform
import PNGFiles

/// A network as an hourglass: a bar for each activation, the higher the more numbers it has, and between two bars the layers that lead from one to
/// the other.
public struct NetworkDiagram: Chart {
    /// What happens to an activation.
    public enum Step: Sendable {
        /// A layer with weights and its output's shape; the notes are lines below its name: `Linear`, `ReLU`.
        case layer(String, notes: [String], output: [Int])
        /// Two layers side by side that give mu and the log-variance of k numbers, and z that is drawn from them.
        case gaussian(String, Int)
        /// What has been computed is the latent.
        case latent
        /// Labels of so many classes are appended.
        case labels(Int)
    }

    public let title: String
    public let size: Size
    /// The image that goes in, and what comes out of it; nil for none.
    private let pictures: (input: PNGImage, output: PNGImage)?
    private let columns: [NetworkColumn]
    private let isAutoEncoder: Bool
    /// The height of what stands above the bars.
    private let head: Double

    static let pitch = 60.0, barWidth = 9.0, tallest = 230.0, lowest = 112.0, picture = 76.0, foot = 20.0, end = 16.0

    /// - Parameter input: the shape of an image, [channels, height, width].
    public init(title: String, input: [Int], steps: [Step], pictures: (input: PNGImage, output: PNGImage)? = nil) {
        (self.title, self.pictures) = (title, pictures)
        columns = NetworkColumn.columns(input: input, steps: steps)
        isAutoEncoder = columns.contains { $0.isLatent }
        head = columns.contains { $0.labels > 0 } ? 58 : isAutoEncoder ? 30 : 2
        let sides = pictures == nil ? 0 : 2 * (Self.picture + Self.end)
        size = Size(Double(columns.count - 1) * Self.pitch + Self.barWidth + sides, head + Self.tallest + Self.foot)
    }

    /// Half of the first and the last shape's text, where no picture gives it room.
    public func insets(_ font: Font) -> Insets { pictures == nil ? Insets(left: 24, right: 24) : Insets() }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let left = area.x + (pictures == nil ? 0 : Self.picture + Self.end), middle = area.y + head + Self.tallest / 2
        let most = columns.map(\.count).max() ?? 1
        let placed = columns.enumerated().map { index, column in
            let share = most > 1 ? log2(Double(column.count)) / log2(Double(most)) : 1
            let height = Self.lowest + (Self.tallest - Self.lowest) * share
            return PlacedColumn(column, Rectangle(x: left + Double(index) * Self.pitch, y: middle - height / 2, width: Self.barWidth, height: height))
        }
        var marks = zip(placed, placed.dropFirst()).flatMap { $1.link(from: $0, font) }
        for column in placed { marks += column.marks(shapesAt: area.y + head + Self.tallest + Self.foot * 0.75, top: area.y) }
        return [.group("network", marks), .group("parts", parts(placed, top: area.y))] + pictureMarks(area, middle, placed)
    }

    /// The words encoder and decoder above their layers, each with a line as long as these.
    private func parts(_ placed: [PlacedColumn], top: Double) -> [Mark] {
        guard isAutoEncoder, let latent = placed.firstIndex(where: { $0.column.isLatent }) else { return [] }
        return [("encoder", placed[0], placed[latent]), ("decoder", placed[latent], placed[placed.count - 1])].flatMap { name, first, last -> [Mark] in
            guard first.bar.x < last.bar.x else { return [] }
            let left = first.bar.maxX + 4, right = last.bar.x - 4, y = top + 16
            return [.text(Text(name, isBold: true, anchor: .middle), at: Point((left + right) / 2, top + 11)),
                    .line([Point(left, y + 5), Point(left, y), Point(right, y), Point(right, y + 5)], Stroke(.axis))]
        }
    }

    private func pictureMarks(_ area: Rectangle, _ middle: Double, _ placed: [PlacedColumn]) -> [Mark] {
        guard let pictures, let first = placed.first, let last = placed.last else { return [] }
        let y = middle - Self.picture / 2
        let marks: [Mark] = [
            .image(pictures.input, in: Rectangle(x: area.x, y: y, width: Self.picture, height: Self.picture)),
            .image(pictures.output, in: Rectangle(x: area.maxX - Self.picture, y: y, width: Self.picture, height: Self.picture)),
            .arrow(from: Point(area.x + Self.picture + 2, middle), to: Point(first.bar.x - 1, middle)),
            .arrow(from: Point(last.bar.maxX + 2, middle), to: Point(area.maxX - Self.picture - 1, middle)),
        ]
        return [.group("pictures", marks)]
    }
}

extension Mark {
    /// A thin line with a head at its end.
    static func arrow(from start: Point, to end: Point) -> Mark {
        let length = hypot(end.x - start.x, end.y - start.y), (x, y) = ((end.x - start.x) / length, (end.y - start.y) / length)
        let base = Point(end.x - 7 * x, end.y - 7 * y)
        return .group("arrow", [
            .line([start, base], Stroke(.axis, width: 1.2)),
            .area([end, Point(base.x - 3.2 * y, base.y + 3.2 * x), Point(base.x + 3.2 * y, base.y - 3.2 * x)], fill: .axis),
        ])
    }
}

import PNGFiles
import Texts

/// The median latent of each class as numbers, and above it the image that it decodes to.
public struct DecodedMedians: Chart {
    public let title: String
    public let size: Size
    private let images: [PNGImage]
    private let table: Heatmap

    private static let column = 58.0, imageGap = 6.0, row = 20.0, greatestHeight = 320.0

    /// - Parameters:
    ///   - classes: [n], their names.
    ///   - medians: [n][d], all finite.
    ///   - images: [n].
    public init(title: String, classes: [String], medians: [[Double]], images: [PNGImage]) {
        precondition(!classes.isEmpty && medians.count == classes.count && images.count == classes.count, "each class has a median and an image")
        (self.title, self.images) = (title, images)
        let dimensions = medians[0].indices, values = medians.joined(), low = values.min() ?? 0, high = values.max() ?? 0
        let scale = low < high ? Scale(low, high) : Scale(of: [low])
        let height = min(Double(dimensions.count) * Self.row, Self.greatestHeight), width = Double(classes.count) * Self.column
        // Numbers would be unreadable in rows lower than these.
        let hasText = height / Double(dimensions.count) >= Self.row * 0.6
        table = Heatmap(title: "", cells: dimensions.map { number in
            medians.map { Heatmap.Cell(level: scale.position($0[number]), text: hasText ? Decimal.fixed($0[number], 2) : "") }
        }, rowNames: dimensions.map { Decimal.subscripted("z", $0) }, columnNames: classes, xLabel: "class", yLabel: "",
                        bar: hasText ? nil : ("median", scale), size: Size(width, height))
        size = Size(width, height + Self.column + Self.imageGap)
    }

    public func insets(_ font: Font) -> Insets { table.insets(font) }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let pictures = images.enumerated().map { index, image in
            let x = area.x + Double(index) * Self.column + 1
            return Mark.image(image, in: Rectangle(x: x, y: area.y, width: Self.column - 2, height: Self.column - 2))
        }
        let below = Rectangle(x: area.x, y: area.y + Self.column + Self.imageGap, width: area.width, height: table.size.height)
        return [.group("images", pictures)] + table.marks(in: below, font)
    }
}

import PNGFiles

/// Rows of images under one another, each row with its name.
public struct ImageTable: Chart {
    public let title: String
    public let size: Size
    private let images: [[PNGImage]]
    private let names: Axis

    private static let cell = 58.0

    /// - Parameters:
    ///   - names: [rows].
    ///   - images: [rows][columns], all of one size.
    public init(title: String, names: [String], images: [[PNGImage]]) {
        precondition(!images.isEmpty && names.count == images.count && images.allSatisfy { $0.count == images[0].count }, "images are [rows][columns]")
        (self.title, self.images) = (title, images)
        self.names = Axis("", names: names)
        size = Size(Double(images[0].count) * Self.cell, Double(images.count) * Self.cell)
    }

    public func insets(_ font: Font) -> Insets { names.insets(length: size.height, isVertical: true, font) }

    public func marks(in area: Rectangle, _ font: Font) -> [Mark] {
        let pictures = images.enumerated().flatMap { row, line in
            line.enumerated().map { column, image in
                Mark.image(image, in: Rectangle(x: area.x + Double(column) * Self.cell + 1, y: area.y + Double(row) * Self.cell + 1, width: Self.cell - 2, height: Self.cell - 2))
            }
        }
        return names.verticalMarks(area, isDownward: true, font) + [.group("images", pictures)]
    }
}

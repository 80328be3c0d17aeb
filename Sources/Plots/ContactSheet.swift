import PNGFiles

/// Images of equal size beside and below one another, in the order of reading.
public struct ContactSheet: Sendable {
    /// Pixels of a side of an image.
    public let side: Int
    /// Images in a row; exactly as many, also where there are fewer images.
    public let columns: Int
    /// Pixels of the sheet for one of an image, both ways.
    public let scale: Int
    /// Pixels of the sheet between images; none around them.
    public let gap: Int
    public let colormap: Colormap
    /// The level 0...255 of gaps and of places without an image.
    public let background: UInt8

    /// The layout of a sheet. `columns`, `scale` and `side` are at least 1, `gap` at least 0.
    public init(columns: Int, scale: Int = 1, gap: Int = 1, colormap: Colormap = .gray, background: UInt8 = 64, side: Int = 32) {
        precondition(columns > 0 && scale > 0 && gap >= 0 && side > 0, "a sheet has columns and a scale")
        self.side = side
        self.columns = columns
        self.scale = scale
        self.gap = gap
        self.colormap = colormap
        self.background = background
    }

    /// The sheet of float images, [count][side][side] in [0, 1]. Throws `PNGError` where it would be longer than `PNGImage.maximumSide`.
    public func render(_ images: [Float]) throws -> PNGImage {
        try render(levels: images.map(colormap.level))
    }

    /// The sheet of byte images, [count][side][side]. Throws `PNGError` where it would be longer than `PNGImage.maximumSide`.
    public func render(levels images: [UInt8]) throws -> PNGImage {
        precondition(!images.isEmpty && images.count % (side * side) == 0, "images are [count][side][side]")
        let count = images.count / (side * side)
        let (width, height) = try size(of: count)
        let channels = colormap.channels
        let colors = (0...255).map { colormap.samples(UInt8($0)) }
        let empty = colormap == .gray ? [background] : [background, background, background]

        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * channels)
        for y in 0..<height {
            let (row, line) = y.quotientAndRemainder(dividingBy: side * scale + gap)
            if line < side * scale, line % scale > 0 {
                pixels += Array(pixels.suffix(width * channels))
                continue
            }
            for x in 0..<width {
                let (column, place) = x.quotientAndRemainder(dividingBy: side * scale + gap)
                let image = row * columns + column
                let drawn = image < count && line < side * scale && place < side * scale
                pixels += drawn ? colors[Int(images[(image * side + line / scale) * side + place / scale])] : empty
            }
        }
        return PNGImage(width: width, height: height, channels: channels, pixels: pixels)
    }

    /// The pixels of a sheet of `count` images. Throws `PNGError` where it would be longer than `PNGImage.maximumSide`.
    public func size(of count: Int) throws -> (width: Int, height: Int) {
        (try length(of: columns), try length(of: count / columns + (count % columns > 0 ? 1 : 0)))
    }

    /// The columns that suit `count` images: one row of up to 12, rows of ten where they come out even, else as many columns as rows.
    public static func columns(for count: Int) -> Int {
        if count <= 12 { return max(count, 1) }
        if count <= 100, count % 10 == 0 { return 10 }
        return Int(Double(count).squareRoot().rounded(.up))
    }

    /// The sheet's pixels for `images` in a row or column.
    private func length(of images: Int) throws -> Int {
        let (cells, overflow) = images.multipliedReportingOverflow(by: side)
        let (scaled, overflow2) = cells.multipliedReportingOverflow(by: scale)
        let (gaps, overflow3) = (images - 1).multipliedReportingOverflow(by: gap)
        guard !overflow, !overflow2, !overflow3, scaled <= PNGImage.maximumSide, gaps <= PNGImage.maximumSide - scaled else {
            throw PNGError("a sheet of more than \(PNGImage.maximumSide) pixels")
        }
        return scaled + gaps
    }
}

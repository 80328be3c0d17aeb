import PNGFiles
import Tensors

/// Images of equal shape, gray or colour, beside and below one another, in the order of reading.
public struct ContactSheet: Sendable {
    /// The shape of an image: of one channel, or of three, red, green and blue.
    public let shape: ImageShape
    /// Images in a row; exactly as many, also where there are fewer images.
    public let columns: Int
    /// Pixels of the sheet for one of an image, both ways.
    public let scale: Int
    /// Pixels of the sheet between images; none around them.
    public let gap: Int
    /// How gray levels become colours; images in colour keep theirs.
    public let colormap: Colormap
    /// The level 0...255 of gaps and of places without an image.
    public let background: UInt8

    /// The layout of a sheet. `columns` and `scale` are at least 1, `gap` at least 0.
    public init(_ shape: ImageShape, columns: Int, scale: Int = 1, gap: Int = 1, colormap: Colormap = .gray, background: UInt8 = 64) {
        precondition(columns > 0 && scale > 0 && gap >= 0, "a sheet has columns and a scale")
        precondition(shape.channels == 1 || shape.channels == 3, "a picture has one channel or three")
        (self.shape, self.columns, self.scale, self.gap) = (shape, columns, scale, gap)
        (self.colormap, self.background) = (colormap, background)
    }

    /// The sheet of float images, [count][channels][height][width] in [0, 1]. Throws `PNGError` where it would be longer than `PNGImage.maximumSide`.
    public func render(_ images: [Float]) throws -> PNGImage {
        try render(levels: images.map(colormap.level))
    }

    /// The sheet of byte images, [count][channels][height][width]. Throws `PNGError` where it would be longer than `PNGImage.maximumSide`.
    public func render(levels images: [UInt8]) throws -> PNGImage {
        precondition(!images.isEmpty && images.count % shape.count == 0, "images are [count]\(shape)")
        let count = images.count / shape.count, (width, height) = try size(of: count)
        let channels = shape.channels == 1 ? colormap.channels : 3
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * channels)
        for y in 0..<height {
            let (row, line) = y.quotientAndRemainder(dividingBy: shape.height * scale + gap)
            if line < shape.height * scale, line % scale > 0 {
                pixels += Array(pixels.suffix(width * channels))
            } else {
                addLine(line / scale, ofRow: row, isGap: line >= shape.height * scale, images, count, width, to: &pixels)
            }
        }
        return PNGImage(width: width, height: height, channels: channels, pixels: pixels)
    }

    /// One line of a row's images, or of the gap below them.
    private func addLine(_ line: Int, ofRow row: Int, isGap: Bool, _ images: [UInt8], _ count: Int, _ width: Int, to pixels: inout [UInt8]) {
        let channels = shape.channels == 1 ? colormap.channels : 3, empty = [UInt8](repeating: background, count: channels)
        for x in 0..<width {
            let (column, place) = x.quotientAndRemainder(dividingBy: shape.width * scale + gap), image = row * columns + column
            guard !isGap, image < count, place < shape.width * scale else {
                pixels += empty
                continue
            }
            let at = image * shape.count + line * shape.width + place / scale
            pixels += shape.channels == 1 ? colormap.samples(images[at]) : (0..<3).map { images[at + $0 * shape.area] }
        }
    }

    /// The pixels of a sheet of `count` images. Throws `PNGError` where it would be longer than `PNGImage.maximumSide`.
    public func size(of count: Int) throws -> (width: Int, height: Int) {
        (try length(of: columns, side: shape.width), try length(of: count / columns + (count % columns > 0 ? 1 : 0), side: shape.height))
    }

    /// The columns that suit `count` images: one row of up to 12, rows of ten where they come out even, else as many columns as rows.
    public static func columns(for count: Int) -> Int {
        if count <= 12 { return max(count, 1) }
        if count <= 100, count % 10 == 0 { return 10 }
        return Int(Double(count).squareRoot().rounded(.up))
    }

    /// The sheet's pixels for `images` in a row or column.
    private func length(of images: Int, side: Int) throws -> Int {
        let (cells, overflow) = images.multipliedReportingOverflow(by: side)
        let (scaled, overflow2) = cells.multipliedReportingOverflow(by: scale)
        let (gaps, overflow3) = (images - 1).multipliedReportingOverflow(by: gap)
        guard !overflow, !overflow2, !overflow3, scaled <= PNGImage.maximumSide, gaps <= PNGImage.maximumSide - scaled else {
            throw PNGError("a sheet of more than \(PNGImage.maximumSide) pixels")
        }
        return scaled + gaps
    }
}

extension PNGImage {
    /// One picture of levels [channels][height][width], of one channel or three.
    public init(_ shape: ImageShape, levels: ArraySlice<UInt8>) {
        precondition(levels.count == shape.count, "levels are \(shape)")
        let pixels = shape.channels == 1 ? Array(levels) : (0..<shape.area).flatMap { place in
            (0..<shape.channels).map { levels[levels.startIndex + $0 * shape.area + place] }
        }
        self.init(width: shape.width, height: shape.height, channels: shape.channels, pixels: pixels)
    }

    /// Pictures of levels [count][channels][height][width].
    public static func pictures(_ shape: ImageShape, levels: [UInt8]) -> [PNGImage] {
        stride(from: 0, to: levels.count, by: shape.count).map { PNGImage(shape, levels: levels[$0..<$0 + shape.count]) }
    }
}

extension ImageShape {
    /// Whether images of this shape can be shown: gray ones, or red, green and blue.
    public var isPicture: Bool { channels == 1 || channels == 3 }
}

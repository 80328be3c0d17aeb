import PNGFiles

/// What is to be drawn, as data: charts make it without drawing anything, `image` draws it with Cairo, `svg` writes it as text.
///
/// The SVG is not Cairo's: its text stays text, to be searched, copied and read aloud, and a point of a scatter is one short element where Cairo
/// writes a path. So it depends on no version of Cairo either, but for the widths of words.
public struct Drawing: Sendable {
    public let size: Size
    /// What a screen reader says and a browser shows for the whole.
    public let title: String
    public let marks: [Mark]

    public init(size: Size, title: String, marks: [Mark]) { (self.size, self.title, self.marks) = (size, title, marks) }

    /// Throws `ChartError` where `scale` pixels for a unit make more pixels than a PNG may have here.
    func pixels(scale: Int) throws(ChartError) -> (width: Int, height: Int) {
        let width = (size.width * Double(scale)).rounded(.up), height = (size.height * Double(scale)).rounded(.up)
        guard width <= Double(PNGImage.maximumSide), height <= Double(PNGImage.maximumSide) else {
            throw ChartError("a picture of \(Int(width)) x \(Int(height)) pixels, more than \(PNGImage.maximumSide) x \(PNGImage.maximumSide)")
        }
        return (Int(width), Int(height))
    }
}

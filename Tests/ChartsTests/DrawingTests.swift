import Charts
import Foundation
import PNGFiles
import TestSupport
import Testing

@Suite struct DrawingTests {
    let scratch = try! Scratch()
    private let red = Color(0xC00000), blue = Color(0x0000C0)

    private func write(_ drawing: Drawing, scale: Int = 2) throws {
        try Data(drawing.image(scale: scale).encode()).write(to: scratch.url.appendingPathComponent("a.png"))
        try Data(drawing.svg(Font()).utf8).write(to: scratch.url.appendingPathComponent("a.svg"))
    }

    /// Pixels of each kind of mark, as Pillow reads them.
    @Test func marksAreWhereTheyShouldBe() throws {
        let picture = PNGImage(width: 2, height: 1, channels: 1, pixels: [0, 200])
        try write(Drawing(size: Size(60, 40), title: "", marks: [
            .rectangle(Rectangle(x: 5, y: 5, width: 10, height: 10), fill: red),
            .group("a", [.line([Point(20, 10), Point(40, 10)], Stroke(blue, width: 4))]),
            .area([Point(45, 5), Point(55, 5), Point(45, 15)], fill: Color(0x0000C0, opacity: 0.4)),
            .symbol(Symbol(.circle, radius: 5, color: red), at: Point(10, 30)), .symbol(Symbol(.square, radius: 5, color: blue), at: Point(25, 30)),
            .image(picture, in: Rectangle(x: 35, y: 25, width: 20, height: 10)),
        ]))
        let colors = try Python.run("""
            from PIL import Image
            image = Image.open("a.png")
            assert (image.mode, image.size) == ("RGB", (120, 80)), image
            places = [(10, 10), (28, 28), (32, 10), (60, 20), (60, 16), (60, 14), (94, 12), (106, 26), (20, 60), (11, 51), (50, 60), (44, 54), (72, 52), (88, 68), (91, 68)]
            print(*["%02x%02x%02x" % image.getpixel(p) for p in places])
            """, in: scratch).split(whereSeparator: \.isWhitespace)
        #expect(colors == ["c00000", "c00000", "ffffff", "0000c0", "0000c0", "ffffff", "9999e6", "ffffff", "c00000", "ffffff", "0000c0", "0000c0", "000000", "000000", "c8c8c8"])
    }

    /// The SVG says the same, in a form that other programs parse.
    @Test func svgHoldsTheSameMarks() throws {
        let title = "a <b> & \"c\" \u{1}"
        try write(Drawing(size: Size(60, 40), title: title, marks: [
            .rectangle(Rectangle(x: 5, y: 5.125, width: 10, height: 10), fill: red, stroke: Stroke(blue, dash: [2, 1])),
            .group("g<", [.symbol(Symbol(.circle, radius: 5, color: red), at: Point(10, 30.001)), .symbol(Symbol(.circle, radius: 5, color: red), at: Point(-1, 2))]),
            .image(PNGImage(width: 2, height: 1, channels: 1, pixels: [0, 200]), in: Rectangle(x: 35, y: 25, width: 20, height: 10)),
        ]))
        let printed = try Python.oracle("""
            from svg_plots import *
            plot = Plot("a.svg")
            print(plot.root.find(SVG + "title").text)
            print(*[[e.get(k) for k in ("x", "y", "width", "height", "fill", "stroke", "stroke-dasharray")] for e in plot.root.iter(SVG + "rect")][1])
            print(*[(u.get("x"), u.get("y"), u.get(LINK)) for u in plot.groups("g<")[0]])
            print(len(list(plot.root.iter(SVG + "circle"))), plot.images()[0].tolist())
            """, in: scratch).split(separator: "\n")
        #expect(printed == ["a <b> & \"c\" \u{FFFD}", "5 5.12 10 10 #c00000 #0000c0 2 1", "('10', '30', '#s0') ('-1', '2', '#s0')", "1 [[0, 200]]"])
    }

    /// Widths of words against FreeType's own, through Pillow.
    @Test func widthsAreTheFonts() throws {
        let words = ["z₀", "evaluation", "AVATAR Wm", "10⁻³ ×", ""], font = try Font()
        let script = """
            import subprocess, sys
            from PIL import ImageFont
            for style in ("Book", "Bold"):
                file = subprocess.run(["fc-match", "-f", "%{file}", f"DejaVu Sans:style={style}"], capture_output=True, text=True).stdout
                font = ImageFont.truetype(file, 1000, layout_engine=ImageFont.Layout.BASIC)
                print(*[font.getlength(word, features=None) if word else 0 for word in sys.argv[1:]])
            """
        let expected = try Python.run(script, words).split(separator: "\n").map { $0.split(separator: " ").map { Double($0)! } }
        for (index, word) in words.enumerated() {
            // Pillow kerns, at most a few hundredths of the size here; Cairo's simple text does not.
            for isBold in [false, true] { #expect(abs(font.width(word, size: 12, isBold: isBold) - expected[isBold ? 1 : 0][index] * 0.012) < 1.5) }
        }
        #expect(font.width("mm", size: 10) == 2 * font.width("m", size: 10))
    }

    @Test func refusesTooManyPixels() {
        let error = #expect(throws: ChartError.self) { try Drawing(size: Size(5000, 10), title: "", marks: []).image(scale: 4) }
        #expect(error?.description == "a picture of 20000 x 40 pixels, more than 16384 x 16384")
    }

    /// Ten colours and shapes; the colours are those that matplotlib took over from their author.
    @Test func coloursAreMatplotlibs() throws {
        let expected = try Python.run("import matplotlib.style as s; print(*s.library['petroff10']['axes.prop_cycle'].by_key()['color'])").split(whereSeparator: \.isWhitespace)
        let colors = (0..<10).map { Palette.color($0) }
        func hex(_ color: Color) -> String { "#" + [color.red, color.green, color.blue].map { String(Int($0) + 256, radix: 16).suffix(2) }.joined() }
        #expect(colors.map(hex) == expected.map(String.init))
        #expect(Set((0..<10).map { Palette.shape($0) }).count == 10 && Palette.color(10) == colors[0])
    }
}

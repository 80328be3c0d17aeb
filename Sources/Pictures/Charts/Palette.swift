/// Ten colours and ten shapes, one of each a class or line: whoever cannot tell two colours apart has the shapes, and black and white print too.
public enum Palette {
    /// Petroff's ten colours (arXiv 2107.02270, table 1; matplotlib's `petroff10`), chosen by a model of how well people like sets of colours among
    /// those that stay apart under simulated deuteranomaly, protanomaly and tritanomaly, and in lightness.
    public static let colors = [0x3F90DA, 0xFFA90E, 0xBD1F01, 0x94A4A2, 0x832DB6, 0xA96B59, 0xE76300, 0xB9AC70, 0x717581, 0x92DADD].map { Color(UInt32($0)) }

    /// The colour and shape of a class or line; they repeat after ten.
    public static func color(_ index: Int) -> Color { colors[index % colors.count] }
    public static func shape(_ index: Int) -> Symbol.Shape { Symbol.Shape.allCases[index % Symbol.Shape.allCases.count] }
}

import CCairo

/// The font of all charts, DejaVu Sans, as Cairo and fontconfig find it: no display is needed.
///
/// Where DejaVu Sans is missing, fontconfig gives the font that is nearest to it.
public final class Font {
    public static let family = "DejaVu Sans"

    /// Text is measured at this size and scaled: without hinting its width is proportional to its size.
    private static let unit = 100.0
    private let regular: OpaquePointer, bold: OpaquePointer

    /// Throws `ChartError` where the system has no font at all.
    public init() throws(ChartError) {
        regular = Self.scaledFont(isBold: false)
        bold = Self.scaledFont(isBold: true)
        // Without a font Cairo falls back to a built-in sketch of one, which is one of its user fonts.
        guard [regular, bold].allSatisfy({ cairo_scaled_font_status($0) == CAIRO_STATUS_SUCCESS && cairo_scaled_font_get_type($0) != CAIRO_FONT_TYPE_USER }) else {
            throw ChartError("there is no font to write with: install one, such as Debian's fonts-dejavu-core")
        }
    }

    deinit {
        cairo_scaled_font_destroy(regular)
        cairo_scaled_font_destroy(bold)
    }

    /// How far a text reaches, in the drawing's units.
    public func width(_ string: String, size: Double, isBold: Bool = false) -> Double {
        var extents = cairo_text_extents_t()
        cairo_scaled_font_text_extents(isBold ? bold : regular, string, &extents)
        return extents.x_advance * size / Self.unit
    }

    func width(_ text: Text) -> Double { width(text.string, size: text.size, isBold: text.isBold) }

    /// The text, its end cut and replaced by an ellipsis where it would be wider than `room`.
    func fit(_ text: Text, into room: Double) -> Text {
        guard width(text) > room else { return text }
        var cut = text
        for length in stride(from: text.string.count - 1, through: 0, by: -1) {
            cut.string = text.string.prefix(length) + "…"
            if width(cut) <= room { break }
        }
        return cut
    }

    /// The typeface, which the caller destroys.
    static func face(isBold: Bool) -> OpaquePointer {
        cairo_toy_font_face_create(family, CAIRO_FONT_SLANT_NORMAL, isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    }

    /// Options that no user's settings change: equal drawings give equal pixels. The caller destroys them.
    static func options() -> OpaquePointer {
        let options: OpaquePointer = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        return options
    }

    private static func scaledFont(isBold: Bool) -> OpaquePointer {
        let face = face(isBold: isBold), options = options()
        defer {
            cairo_font_face_destroy(face)
            cairo_font_options_destroy(options)
        }
        var size = cairo_matrix_t(), identity = cairo_matrix_t()
        cairo_matrix_init_scale(&size, unit, unit)
        cairo_matrix_init_identity(&identity)
        return cairo_scaled_font_create(face, &size, &identity, options)
    }
}

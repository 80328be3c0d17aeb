import CCairo
import PNGFiles

extension Drawing {
    /// The drawing in pixels, `scale` of them for a unit both ways, on white. Equal drawings give equal pixels. Throws `ChartError`.
    public func image(scale: Int) throws(ChartError) -> PNGImage {
        let (width, height) = try pixels(scale: scale)
        let surface: OpaquePointer = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(width), Int32(height))
        defer { cairo_surface_destroy(surface) }
        let painter = Painter(surface, scale: Double(scale))
        painter.fill(.rectangle(Rectangle(x: 0, y: 0, width: size.width, height: size.height), fill: .paper))
        for mark in marks { painter.fill(mark) }
        try painter.check()
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { throw ChartError("Cairo has no memory for \(width) x \(height) pixels") }
        let stride = Int(cairo_image_surface_get_stride(surface))
        var pixels: [UInt8] = []
        pixels.reserveCapacity(width * height * 3)
        for y in 0..<height {
            let row = UnsafeRawPointer(data + y * stride)
            for x in 0..<width {
                // A pixel is 0x00RRGGBB as the machine has its numbers.
                let pixel = row.load(fromByteOffset: x * 4, as: UInt32.self)
                pixels.append(UInt8(truncatingIfNeeded: pixel >> 16))
                pixels.append(UInt8(truncatingIfNeeded: pixel >> 8))
                pixels.append(UInt8(truncatingIfNeeded: pixel))
            }
        }
        return PNGImage(width: width, height: height, channels: 3, pixels: pixels)
    }
}

/// Draws marks with Cairo.
private final class Painter {
    private let context: OpaquePointer
    private let faces: [OpaquePointer]

    init(_ surface: OpaquePointer, scale: Double) {
        context = cairo_create(surface)
        faces = [Font.face(isBold: false), Font.face(isBold: true)]
        cairo_scale(context, scale, scale)
        let options = Font.options()
        cairo_set_font_options(context, options)
        cairo_font_options_destroy(options)
        cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
    }

    deinit {
        faces.forEach { cairo_font_face_destroy($0) }
        cairo_destroy(context)
    }

    /// Throws what Cairo found wrong in all that was drawn.
    func check() throws(ChartError) {
        let status = cairo_status(context)
        guard status == CAIRO_STATUS_SUCCESS else { throw ChartError("Cairo: \(String(cString: cairo_status_to_string(status)))") }
    }

    func fill(_ mark: Mark) {
        switch mark {
        case .line(let points, let stroke):
            trace(points)
            self.stroke(stroke)
        case .area(let points, let fill, let stroke): area(points, fill, stroke)
        case .rectangle(let rectangle, let fill, let stroke): area(rectangle.corners, fill, stroke)
        case .symbol(let symbol, let point): self.symbol(symbol, point)
        case .text(let text, let point): self.text(text, point)
        case .image(let image, let rectangle): self.image(image, rectangle)
        case .group(_, let marks): marks.forEach(fill)
        }
    }

    private func use(_ color: Color) {
        cairo_set_source_rgba(context, Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255, color.opacity)
    }

    /// Begins a path anew, for text leaves a point behind.
    private func trace(_ points: [Point]) {
        cairo_new_path(context)
        for point in points { cairo_line_to(context, point.x, point.y) }
    }

    private func stroke(_ stroke: Stroke) {
        use(stroke.color)
        cairo_set_line_width(context, stroke.width)
        cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
        cairo_stroke(context)
    }

    private func area(_ points: [Point], _ color: Color, _ border: Stroke?) {
        trace(points)
        cairo_close_path(context)
        use(color)
        guard let border else { return cairo_fill(context) }
        cairo_fill_preserve(context)
        stroke(border)
    }

    private func symbol(_ symbol: Symbol, _ point: Point) {
        guard let corners = symbol.corners else {
            cairo_new_path(context)
            cairo_arc(context, point.x, point.y, symbol.radius, 0, 2 * .pi)
            use(symbol.color)
            return cairo_fill(context)
        }
        area(corners.map { Point(point.x + $0.x, point.y + $0.y) }, symbol.color, nil)
    }

    private func text(_ text: Text, _ point: Point) {
        cairo_save(context)
        defer { cairo_restore(context) }
        cairo_set_font_face(context, faces[text.isBold ? 1 : 0])
        cairo_set_font_size(context, text.size)
        var extents = cairo_text_extents_t()
        cairo_text_extents(context, text.string, &extents)
        cairo_translate(context, point.x, point.y)
        if text.isUpright { cairo_rotate(context, -.pi / 2) }
        cairo_move_to(context, text.anchor == .start ? 0 : text.anchor == .end ? -extents.x_advance : -extents.x_advance / 2, 0)
        if text.hasHalo {
            cairo_text_path(context, text.string)
            use(.paper)
            cairo_set_line_width(context, text.size * Text.haloWidth)
            cairo_stroke_preserve(context)
            use(text.color)
            return cairo_fill(context)
        }
        use(text.color)
        cairo_show_text(context, text.string)
    }

    private func image(_ image: PNGImage, _ rectangle: Rectangle) {
        let surface: OpaquePointer = cairo_image_surface_create(CAIRO_FORMAT_RGB24, Int32(image.width), Int32(image.height))
        defer { cairo_surface_destroy(surface) }
        cairo_surface_flush(surface)
        guard let data = cairo_image_surface_get_data(surface) else { return }
        let stride = Int(cairo_image_surface_get_stride(surface))
        for y in 0..<image.height {
            for x in 0..<image.width {
                let at = (y * image.width + x) * image.channels, isGray = image.channels == 1
                let samples = [image.pixels[at], image.pixels[isGray ? at : at + 1], image.pixels[isGray ? at : at + 2]].map { UInt32($0) }
                UnsafeMutableRawPointer(data).storeBytes(of: samples[0] << 16 | samples[1] << 8 | samples[2], toByteOffset: y * stride + x * 4, as: UInt32.self)
            }
        }
        cairo_surface_mark_dirty(surface)
        cairo_save(context)
        cairo_translate(context, rectangle.x, rectangle.y)
        cairo_scale(context, rectangle.width / Double(image.width), rectangle.height / Double(image.height))
        cairo_set_source_surface(context, surface, 0, 0)
        cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
        cairo_paint(context)
        cairo_restore(context)
    }
}

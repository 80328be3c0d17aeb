import CPNG

extension PNGImage {
    /// The longest side that `decode` accepts unless told otherwise.
    public static let maximumSide = 16384

    /// Reads a PNG file's bytes: any bit depth, palette or interlacing.
    ///
    /// Gray without transparency gives 1 channel, colour 3, anything with transparency 4. Samples are the file's own numbers, as in Pillow: chunks
    /// about gamma and colour profiles are passed over. 16-bit samples are rounded to the nearest of 8 bits (Pillow drops the low byte: at most
    /// one level below).
    ///
    /// Throws `PNGError` where the bytes are no PNG, are damaged, or where a side is longer than `maximumSide` or there are more than `maximumArea` pixels, which is
    /// checked before memory for pixels is taken.
    public static func decode(_ bytes: [UInt8], maximumSide: Int = PNGImage.maximumSide, maximumArea: Int = .max) throws -> PNGImage {
        let chunks = try PNGChunks.essential(of: bytes)
        return try chunks.withUnsafeBytes { memory in
            var image = png_image()
            image.version = png_uint_32(PNG_IMAGE_VERSION)
            defer { png_image_free(&image) }
            guard png_image_begin_read_from_memory(&image, memory.baseAddress, memory.count) != 0 else { throw PNGError(image.text) }

            let width = Int(image.width), height = Int(image.height)
            guard width <= maximumSide, height <= maximumSide else {
                throw PNGError("\(width) x \(height) pixels, more than \(maximumSide) x \(maximumSide)")
            }
            guard width * height <= maximumArea else { throw PNGError("\(width) x \(height) pixels, more than \(maximumArea) in all") }
            let channels = channels(format: image.format)
            image.format = format(channels: channels)
            // Else libpng takes 16-bit samples for linear light and changes them to sRGB.
            image.flags |= png_uint_32(PNG_IMAGE_FLAG_16BIT_sRGB)

            let size = width * height * channels
            let pixels = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                guard png_image_finish_read(&image, nil, buffer.baseAddress, 0, nil) != 0 else { throw PNGError(image.text) }
                count = size
            }
            return PNGImage(width: width, height: height, channels: channels, pixels: pixels)
        }
    }

    /// The channels in which an image of libpng's `format` is read.
    private static func channels(format: UInt32) -> Int {
        if format & PNG_FORMAT_FLAG_ALPHA != 0 { return 4 }
        return format & PNG_FORMAT_FLAG_COLOR != 0 ? 3 : 1
    }

    /// libpng's format of 8-bit samples in `channels`.
    static func format(channels: Int) -> UInt32 {
        switch channels {
        case 1: 0
        case 3: PNG_FORMAT_FLAG_COLOR
        default: PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA
        }
    }
}

extension png_image {
    /// What libpng says went wrong.
    var text: String {
        withUnsafeBytes(of: message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

import CPNG

extension PNGImage {
    /// How hard `encode` tries: `fast` skips the row filters and most of deflate's search.
    public enum Compression: Sendable {
        case fast, standard
    }

    /// The image as a PNG file's bytes: 8 bits a sample, not interlaced, marked sRGB. Equal images give equal bytes. Throws `PNGError`.
    public func encode(_ compression: Compression = .standard) throws -> [UInt8] {
        var image = png_image()
        image.version = png_uint_32(PNG_IMAGE_VERSION)
        image.width = png_uint_32(width)
        image.height = png_uint_32(height)
        image.format = Self.format(channels: channels)
        image.flags = compression == .fast ? png_uint_32(PNG_IMAGE_FLAG_FAST) : 0
        defer { png_image_free(&image) }

        let bound = Self.encodedBound(samples: pixels.count, rows: height)
        return try [UInt8](unsafeUninitializedCapacity: bound) { bytes, count in
            var size = png_alloc_size_t(bound)
            guard png_image_write_to_memory(&image, bytes.baseAddress, &size, 0, pixels, 0, nil) != 0 else { throw PNGError(image.text) }
            count = Int(size)
        }
    }

    /// More bytes than libpng writes for so many samples, as `PNG_IMAGE_PNG_SIZE_MAX` bounds them.
    private static func encodedBound(samples: Int, rows: Int) -> Int {
        let raw = samples + rows
        let deflated = raw + (raw + 7) / 8 + (raw + 63) / 64 + 11
        let chunks = 12 * (deflated / Int(PNG_ZBUF_SIZE) + 1)
        return deflated + chunks + 256
    }
}

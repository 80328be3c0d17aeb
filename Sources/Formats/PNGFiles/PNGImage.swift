/// An image of 8-bit samples, as it goes to or comes from a PNG file.
public struct PNGImage: Sendable, Equatable {
    public let width: Int
    public let height: Int
    /// 1 gray, 3 red-green-blue, 4 red-green-blue-alpha (not premultiplied).
    public let channels: Int
    /// Samples 0...255, [height][width][channels], rows from the top.
    public let pixels: [UInt8]

    /// An image over `pixels` [height][width][channels]; the sizes are the caller's to get right.
    public init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
        precondition(channels == 1 || channels == 3 || channels == 4, "a PNG image has 1, 3 or 4 channels")
        precondition(width > 0 && height > 0 && pixels.count == width * height * channels, "pixels are [height][width][channels]")
        self.width = width
        self.height = height
        self.channels = channels
        self.pixels = pixels
    }

    /// The image in one channel, as Pillow's `convert("L")` has it: ITU-R 601 luma in 16-bit fixed point; alpha is dropped.
    public func gray() -> PNGImage {
        if channels == 1 { return self }
        let luma = stride(from: 0, to: pixels.count, by: channels).map { at in
            let sum = UInt32(pixels[at]) * 19595 + UInt32(pixels[at + 1]) * 38470 + UInt32(pixels[at + 2]) * 7471
            return UInt8((sum + 0x8000) >> 16)
        }
        return PNGImage(width: width, height: height, channels: 1, pixels: luma)
    }

    /// Red, green and blue apart, [3][height][width]; alpha is dropped, gray is all three.
    public func planes() -> [UInt8] {
        let area = width * height
        return [UInt8](unsafeUninitializedCapacity: 3 * area) { buffer, count in
            pixels.withUnsafeBufferPointer { pixels in
                for plane in 0..<3 {
                    let source = channels == 1 ? 0 : plane
                    for index in 0..<area { buffer[plane &* area &+ index] = pixels[index &* channels &+ source] }
                }
            }
            count = 3 * area
        }
    }
}

import Images

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// How far reconstructions are from their images, pixel values in [0, 1].
public struct ReconstructionError: Sendable {
    public private(set) var count = 0
    private var sum = 0.0

    public init() {}

    /// Adds images and their reconstructions [n][1024].
    public mutating func add(_ images: ImageSet, _ reconstructions: UnsafeBufferPointer<Float>) {
        for (pixel, value) in zip(images.pixels, reconstructions) {
            let difference = Double(value - Float(pixel) / 255)
            sum += difference * difference
        }
        count += images.count
    }

    /// The mean squared error over all pixels; NaN without images.
    public var mean: Double { sum / Double(count * ImageSet.pixelsPerImage) }

    /// The peak signal-to-noise ratio in decibels: 10 log10(1 / mean squared error).
    public var psnr: Double { -10 * log10(mean) }
}

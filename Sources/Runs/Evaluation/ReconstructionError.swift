import Images
import Platform

/// How far reconstructions are from their images, in the images' own range, [0, 1].
public struct ReconstructionError: Sendable {
    /// Images, and numbers of all of them.
    public private(set) var count = 0
    private var numbers = 0
    private var sum = 0.0

    public init() {}

    /// Adds images and their reconstructions [n][channels][height][width].
    public mutating func add(_ images: ImageSet, _ reconstructions: UnsafeBufferPointer<Float>) {
        precondition(reconstructions.count == images.values.count, "as many reconstructions as images")
        switch images.values {
        case .bytes(let bytes): for (byte, value) in zip(bytes, reconstructions) { add(value - Float(byte) / 255) }
        case .floats(let floats): for (original, value) in zip(floats, reconstructions) { add(value - original) }
        }
        count += images.count
        numbers += images.values.count
    }

    private mutating func add(_ difference: Float) { sum += Double(difference) * Double(difference) }

    /// The mean squared error over all pixels and channels; NaN without images.
    public var mean: Double { sum / Double(numbers) }

    /// The peak signal-to-noise ratio in decibels: 10 log10(1 / mean squared error).
    public var psnr: Double { -10 * log10(mean) }
}

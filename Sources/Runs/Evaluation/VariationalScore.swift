import Images
import Information
import Networks
import Platform
import Tensors

/// How well a variational auto-encoder explains images: the parts of its loss, what each number of the latent carries, and the images' likelihood. In nats.
///
/// The loss r |x - x'|^2 + b KL is, over b, the negative evidence lower bound of a decoder with p(x | z) = N(x', s^2), s^2 = b / (2 r), but for a constant (Kingma and
/// Welling 2014): a KL weight is a variance of pixels. The likelihood is estimated with K samples of the encoder's distribution q as
/// log 1/K sum of p(x | z) p(z) / q(z | x) (Burda, Grosse and Salakhutdinov 2016), which in the mean lies between the bound and the likelihood, and rises with K.
public struct VariationalScore: Sendable {
    /// A number of the latent is active where its mean varies more than this over the images (Burda and others).
    public static let activeVariance = 0.01

    /// K, and the loss's weights r and b.
    public let samples: Int, reconstructionWeight: Double, klWeight: Double
    public private(set) var count = 0
    private var errorSum = 0.0, likelihoodSum = 0.0, likelihoodSquares = 0.0
    /// [d]: sums over images of the KL divergence, of mu and of its square.
    /// Numbers of an image.
    private let pixels: Int
    private var divergences: [Double], means: [Double], squares: [Double]

    /// - Parameters:
    ///   - size: the numbers of a latent, d.
    ///   - pixels: the numbers of an image, over all channels.
    ///   - samples: of the latent for each image, K.
    public init(size: Int, pixels: Int, samples: Int, reconstructionWeight: Double, klWeight: Double) {
        precondition(size > 0 && pixels > 0 && samples > 0, "a latent of at least one number, and at least one sample of it")
        (self.pixels, self.samples, self.reconstructionWeight, self.klWeight) = (pixels, samples, reconstructionWeight, klWeight)
        divergences = Array(repeating: 0, count: size)
        (means, squares) = (divergences, divergences)
    }

    // MARK: What was found

    /// The squared error summed over an image's pixels, z sampled; the mean over images and samples.
    public var squaredError: Double { errorSum / Double(count) }
    /// The KL divergence from N(0, 1), summed over the latent; and of each of its numbers [d]. Means over images.
    public var divergence: Double { divergenceByNumber.reduce(0, +) }
    public var divergenceByNumber: [Double] { divergences.map { $0 / Double(count) } }
    /// The loss that training makes small.
    public var loss: Double { reconstructionWeight * squaredError + klWeight * divergence }
    /// [d]: the variance of mu over the images, its divisor their number.
    public var meanVariance: [Double] { zip(means, squares).map { max(0, $1 / Double(count) - ($0 / Double(count)) * ($0 / Double(count))) } }
    public var active: Int { meanVariance.count { $0 > Self.activeVariance } }

    /// s^2; nil where a weight is zero, so that the loss is no bound of anything.
    public var pixelVariance: Double? { klWeight > 0 && reconstructionWeight > 0 ? klWeight / (2 * reconstructionWeight) : nil }
    /// The evidence lower bound of an image, the mean over images; nil with `pixelVariance`.
    public var evidenceLowerBound: Double? { pixelVariance.map { logLikelihood(squaredError, $0) - divergence } }
    /// The estimate of log p(x), the mean over images; nil with `pixelVariance`.
    public var logLikelihood: Double? { pixelVariance.map { _ in likelihoodSum / Double(count) } }
    /// The standard error of that mean over images; nil also for a single image.
    public var logLikelihoodError: Double? {
        guard let mean = logLikelihood, count > 1 else { return nil }
        return (max(0, likelihoodSquares / Double(count) - mean * mean) / Double(count - 1)).squareRoot()
    }

    /// log N(x; x', s^2) of an image with this squared error.
    private func logLikelihood(_ error: Double, _ variance: Double) -> Double {
        -error / (2 * variance) - Double(pixels) / 2 * log(2 * Double.pi * variance)
    }

    // MARK: Measuring

    /// Adds all images of a stream. What is found depends on `seed`, but neither on threads nor on chunks. Throws `ImageError`.
    public mutating func add(_ images: ImageStream, _ inference: Inference, seed: UInt64 = 0) throws {
        let chunk = max(1, Inference.chunk(pixels) / samples), size = divergences.count
        precondition(inference.network.description.isVariational && inference.network.description.latentCount == size, "a variational network with \(size) numbers of latent")
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(chunk, images.count) * samples * pixels)
        defer { buffer.deallocate() }
        while let set = try images.next(chunk) {
            let latents = set.withPixels { inference.encode($0, labels: set.labels) }
            addLatents(latents)
            let noise = noise(set.count, seed), target = UnsafeMutableBufferPointer(rebasing: buffer[..<(set.count * samples * pixels)])
            let z = noise.indices.map { index in
                let number = index / (samples * size) * size + index % size
                return latents.mu[number] + noise[index] * expf(latents.logvar[number] / 2)
            }
            let labels = set.labels.map { $0.flatMap { Array(repeating: $0, count: samples) } }
            z.withUnsafeBufferPointer { inference.decode($0, labels: labels, into: target) }
            let floats = set.floats
            for image in 0..<set.count { addImage(image, floats, UnsafeBufferPointer(target), latents, z, noise) }
            count += set.count
        }
    }

    /// [n][K][d] numbers from N(0, 1), those of an image by its place in the data.
    private func noise(_ images: Int, _ seed: UInt64) -> [Float] {
        let generator = Philox(seed: seed, purpose: .samples), each = samples * divergences.count, blocks = (each + 3) / 4
        return (count..<count + images).flatMap { image in
            (image * blocks..<(image + 1) * blocks).flatMap { block in
                let four = generator.normals(block)
                return [four.x, four.y, four.z, four.w]
            }.prefix(each)
        }
    }

    private mutating func addLatents(_ latents: Latents) {
        for (index, (mu, logvar)) in zip(latents.mu, latents.logvar).enumerated() {
            let number = index % divergences.count, mean = Double(mu)
            divergences[number] += Normal.latentDivergence(mu: mean, logvar: Double(logvar))
            means[number] += mean
            squares[number] += mean * mean
        }
    }

    private mutating func addImage(_ image: Int, _ originals: [Float], _ decoded: UnsafeBufferPointer<Float>, _ latents: Latents, _ z: [Float], _ noise: [Float]) {
        let pixels = pixels, size = divergences.count
        let weights = (image * samples..<(image + 1) * samples).map { sample in
            let error = Self.squaredError(originals[image * pixels..<(image + 1) * pixels], UnsafeBufferPointer(rebasing: decoded[sample * pixels..<(sample + 1) * pixels]))
            errorSum += error / Double(samples)
            // log p(z) - log q(z | x), in which the normal distributions' constants cancel.
            let ratio = (0..<size).reduce(0.0) { sum, number in
                let value = Double(z[sample * size + number]), draw = Double(noise[sample * size + number])
                return sum + (Double(latents.logvar[image * size + number]) + draw * draw - value * value) / 2
            }
            return pixelVariance.map { logLikelihood(error, $0) + ratio } ?? 0
        }
        let largest = weights.max() ?? 0, likelihood = largest + log(weights.reduce(0) { $0 + exp($1 - largest) } / Double(samples))
        likelihoodSum += likelihood
        likelihoodSquares += likelihood * likelihood
    }

    /// The sum in eight parts, then of what is left where the pixels are no multiple of eight.
    private static func squaredError(_ a: ArraySlice<Float>, _ b: UnsafeBufferPointer<Float>) -> Double {
        let whole = b.count / 8 * 8
        var sums = SIMD8<Double>.zero
        for index in stride(from: 0, to: whole, by: 8) {
            var difference = SIMD8<Float>.zero
            for lane in 0..<8 { difference[lane] = a[a.startIndex + index + lane] - b[index + lane] }
            let wide = SIMD8<Double>(difference)
            sums += wide * wide
        }
        return (whole..<b.count).reduce(sums.sum()) { sum, index in
            let difference = Double(a[a.startIndex + index] - b[index])
            return sum + difference * difference
        }
    }
}

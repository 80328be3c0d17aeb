import Images
import Networks

extension ImageSet {
    /// The images as a network takes them.
    public func withPixels<Result>(_ body: (Pixels) throws -> Result) rethrows -> Result {
        switch values {
        case .bytes(let bytes): try bytes.withUnsafeBufferPointer { try body(.bytes($0, count: count)) }
        case .floats(let floats): try floats.withUnsafeBufferPointer { try body(.floats($0, count: count)) }
        }
    }
}

extension Inference {
    /// Encodes all images of a stream, some at a time, in memory that does not grow with their number. Throws `ImageError`, and what `body` throws.
    ///
    /// - Parameters:
    ///   - sampling: the noise of sampled latents; nil for z = mu.
    ///   - body: is given the images and their latents [n, d].
    public func encode(_ images: ImageStream, sampling: Sampling?, body: (ImageSet, Latents) throws -> Void) throws {
        try forEachPart(images, Self.chunk(network.description.inputCount), sampling) { set, noise in
            try body(set, set.withPixels { encode($0, labels: set.labels, sampling: noise) })
        }
    }

    /// Reconstructs all images of a stream, some at a time, in memory that does not grow with their number. Throws `ImageError`, and what `body` throws.
    ///
    /// - Parameters:
    ///   - sampling: the noise of sampled latents; nil for z = mu.
    ///   - body: is given the images and their reconstructions [n][channels][height][width].
    public func reconstruct(_ images: ImageStream, sampling: Sampling?, body: (ImageSet, UnsafeBufferPointer<Float>) throws -> Void) throws {
        let size = network.description.outputCount, chunk = Self.chunk(size)
        let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: min(chunk, images.count) * size)
        defer { buffer.deallocate() }
        try forEachPart(images, chunk, sampling) { set, noise in
            let target = UnsafeMutableBufferPointer(rebasing: buffer[..<(set.count * size)])
            set.withPixels { run($0, labels: set.labels, sampling: noise, into: target) }
            try body(set, UnsafeBufferPointer(target))
        }
    }

    /// The images of a stream, `chunk` at a time, and the noise of their samples.
    private func forEachPart(_ images: ImageStream, _ chunk: Int, _ sampling: Sampling?, body: (ImageSet, Sampling?) throws -> Void) throws {
        while true {
            let first = images.position
            guard let set = try images.next(chunk) else { return }
            try body(set, sampling.map { Sampling(seed: $0.seed, first: $0.first + first) })
        }
    }
}

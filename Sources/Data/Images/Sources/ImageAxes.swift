import Tensors

/// How an array holds images: [N, C, H, W], [N, H, W, C], [N, H, W], or [N, 784] and [N, 1024], the digits of 28 x 28 and 32 x 32 pixels in rows.
struct ImageAxes: Sendable, Equatable {
    let count: Int, shape: ImageShape
    /// Whether each pixel's channels lie together, else each channel's pixels.
    let isChannelsLast: Bool

    init(count: Int, shape: ImageShape) { (self.count, self.shape, isChannelsLast) = (count, shape, false) }

    /// What the dimensions of an array say. Throws `ImageAxesError` where they say nothing, or two things.
    init(_ axes: [Int]) throws(ImageAxesError) {
        func refused(_ problem: String) -> ImageAxesError { ImageAxesError(problem: "has shape \(axes)" + problem) }
        guard (2...4).contains(axes.count) else { throw ImageAxesError(problem: "has \(axes.count) dimensions; " + Self.forms) }
        let shape: [Int]
        switch axes.count {
        case 2 where axes[1] == 784: shape = [1, 28, 28]
        case 2 where axes[1] == 1024: shape = [1, 32, 32]
        case 3 where Preparation.channelCounts.contains(axes[2]):
            throw refused(", which may be \(axes[0]) images of \(axes[1]) x \(axes[2]) or one of \(axes[0]) x \(axes[1]) with \(axes[2]) channels; [N, C, H, W] says which")
        case 3: shape = [1, axes[1], axes[2]]
        case 4:
            switch (Preparation.channelCounts.contains(axes[1]), Preparation.channelCounts.contains(axes[3])) {
            case (true, true): throw refused(", which may be [N, C, H, W] or [N, H, W, C]")
            case (true, false): shape = [axes[1], axes[2], axes[3]]
            case (false, true): shape = [axes[3], axes[1], axes[2]]
            case (false, false): throw refused("; images have 1 channel or 3, [N, C, H, W] or [N, H, W, C]")
            }
        default: throw refused("; " + Self.forms)
        }
        guard axes[0] > 0 else { throw ImageAxesError(problem: "holds no images") }
        guard ImageSize.given.contains(shape[1]), ImageSize.given.contains(shape[2]), shape[1] * shape[2] <= ImageSize.largestArea else {
            throw refused("; sides are \(ImageSize.given.lowerBound) to \(ImageSize.given.upperBound) pixels, \(ImageSize.largestArea / 1_000_000) million in all")
        }
        self.init(count: axes[0], shape: shape, isChannelsLast: axes.count == 4 && shape[0] > 1 && axes[1] != shape[0])
    }

    private static let forms = "[N, C, H, W], [N, H, W, C] and [N, H, W] are read, and [N, 784] and [N, 1024] of digits"

    private init(count: Int, shape: [Int], isChannelsLast: Bool) {
        (self.count, self.shape, self.isChannelsLast) = (count, ImageShape(channels: shape[0], height: shape[1], width: shape[2]), isChannelsLast)
    }

    /// One image's numbers as they lie to `result` [C][H][W].
    func arrange<Number>(_ source: UnsafePointer<Number>, _ result: UnsafeMutablePointer<Number>) {
        guard isChannelsLast else { return result.update(from: source, count: shape.count) }
        for channel in 0..<shape.channels {
            let target = result + channel * shape.area
            for pixel in 0..<shape.area { target[pixel] = source[pixel &* shape.channels &+ channel] }
        }
    }
}

/// Why an array holds no images that we read, in a few words.
struct ImageAxesError: Error {
    let problem: String
}

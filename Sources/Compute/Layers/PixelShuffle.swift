/// [channels r^2, height, width] to [channels, height r, width r] (Shi et al. 2016), as torch.nn.PixelShuffle: channel c r^2 + i r + j of a pixel
/// becomes pixel (i, j) of the r x r that stand in its place.
public struct PixelShuffle: LayerDescription {
    public static let type = "PixelShuffle"
    public let factor: Int

    public init(_ factor: Int) { self.factor = factor }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { factor = try arguments.integer("upscale_factor") }
    public var arguments: [LayerArgument] { [.integer(factor, "upscale_factor")] }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] % (factor * factor) == 0 else {
            throw LayerError("PixelShuffle takes [channels, height, width] with a multiple of \(factor * factor) channels, not \(input)")
        }
        return [input[0] / (factor * factor), input[1] * factor, input[2] * factor]
    }

    public func operation(input: [Int]) -> (any Operation)? {
        let (height, width) = (input[1], input[2]), area = height * width
        let places = (0..<height * factor).flatMap { y in
            (0..<width * factor).map { x in Int32((y % factor * factor + x % factor) * area + y / factor * width + x / factor) }
        }
        return PlacementOperation(parts: input[0] / (factor * factor), inputs: factor * factor * area, places: places)
    }
}

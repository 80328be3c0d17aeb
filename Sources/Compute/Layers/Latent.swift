/// Marks the latent of a deterministic auto-encoder: what stands before it is the encoder, what follows is the decoder. Moves nothing.
public struct Latent: LayerDescription {
    public static let type = "Latent"
    public let shape: [Int]

    public init(_ shape: [Int]) { self.shape = shape }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { shape = try arguments.shape() }
    public var arguments: [LayerArgument] { shape.map { .integer($0) } }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input == shape else { throw LayerError("Latent takes \(shape), not \(input)") }
        return shape
    }

    public func operation(input: [Int]) -> (any Operation)? { nil }
}

/// `BatchNormalization` of each channel of a map, over the batch and the map, as torch.nn.BatchNorm2d.
public struct BatchNorm2d: LayerDescription {
    public static let type = "BatchNorm2d"
    public let normalization: BatchNormalization

    public init(_ channels: Int) { normalization = BatchNormalization(channels) }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { normalization = try BatchNormalization(&arguments) }
    public var arguments: [LayerArgument] { normalization.arguments }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == normalization.channels else {
            throw LayerError("BatchNorm2d takes [\(normalization.channels), height, width], not \(input)")
        }
        return input
    }

    public var parameters: [ParameterDescription] { normalization.parameters }
    public func operation(input: [Int]) -> (any Operation)? { BatchNormOperation(normalization, area: input[1] * input[2]) }
}

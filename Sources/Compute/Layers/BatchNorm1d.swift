/// `BatchNormalization` of each feature over the batch, or of [channels, length] over batch and length, as torch.nn.BatchNorm1d.
public struct BatchNorm1d: LayerDescription {
    public static let type = "BatchNorm1d"
    public let normalization: BatchNormalization

    public init(_ features: Int) { normalization = BatchNormalization(features) }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { normalization = try BatchNormalization(&arguments) }
    public var arguments: [LayerArgument] { normalization.arguments }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard (1...2).contains(input.count), input[0] == normalization.channels else {
            throw LayerError("BatchNorm1d takes [\(normalization.channels)], not \(input)")
        }
        return input
    }

    public var parameters: [ParameterDescription] { normalization.parameters }
    public func operation(input: [Int]) -> (any Operation)? { BatchNormOperation(normalization, area: input.dropFirst().reduce(1, *)) }
}

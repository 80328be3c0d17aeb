import CKernels

/// Means of windows that part a map into a given number of rows and columns, as torch.nn.AdaptiveAvgPool2d: of n positions to m, window i is
/// floor(i n / m) ..< ceil((i + 1) n / m).
public struct AdaptiveAvgPool2d: LayerDescription {
    public static let type = "AdaptiveAvgPool2d"
    /// Height and width; nil keeps the input's.
    public let outputSize: [Int?]

    public init(_ height: Int?, _ width: Int?) { outputSize = [height, width] }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        guard let sides = try arguments.optionalSides("output_size") else { throw LayerError("AdaptiveAvgPool2d lacks output_size") }
        outputSize = sides
    }

    public var arguments: [LayerArgument] {
        let sides = outputSize.map { $0.map(LayerArgument.Value.integer) ?? .nothing }
        return [LayerArgument(name: "output_size", value: sides[0] == sides[1] && sides[0] != .nothing ? sides[0] : .tuple(sides))]
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3 else { throw LayerError("AdaptiveAvgPool2d takes [channels, height, width], not \(input)") }
        return [input[0], outputSize[0] ?? input[1], outputSize[1] ?? input[2]]
    }

    public func operation(input: [Int]) -> (any Operation)? {
        PoolOperation(input: input, rows: positions(input[1], outputSize[0]), columns: positions(input[2], outputSize[1]), isMaximum: false)
    }

    private func positions(_ size: Int, _ output: Int?) -> [aek_window] {
        let count = output ?? size
        return (0..<count).map { index in
            let first = index * size / count, end = ((index + 1) * size + count - 1) / count
            return aek_window(first: Int32(first), end: Int32(end), step: 1, divisor: Float(end - first))
        }
    }
}

/// Cross-correlation, as torch.nn.Conv2d: y[o, i, j] = b[o] + sum over c, r, s of
/// W[o, c, r, s] x[c, i stride - padding + r dilation, j stride - padding + s dilation], in each of `groups` equal parts of the channels apart.
///
/// W [out, in / groups, kernel height, kernel width]; b [out] unless `bias` is false; initially U(-b, b), b = 1/sqrt(in / groups x kernel).
public struct Conv2d: LayerDescription {
    public static let type = "Conv2d"
    public let inChannels: Int, outChannels: Int
    public let kernel: ConvolutionKernel
    public let bias: Bool

    /// - Parameter groups: divides both channels.
    public init(_ inChannels: Int, _ outChannels: Int, kernelSize: Pair, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1, groups: Int = 1,
                bias: Bool = true) {
        (self.inChannels, self.outChannels, self.bias) = (inChannels, outChannels, bias)
        kernel = ConvolutionKernel(size: kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        inChannels = try arguments.integer("in_channels")
        outChannels = try arguments.integer("out_channels")
        let size = try arguments.extent("kernel_size"), stride = try arguments.extent("stride", default: 1)
        let padding = try arguments.pair("padding", least: 0, default: 0), dilation = try arguments.pair("dilation", default: 1)
        let groups = try arguments.groups(of: [inChannels, outChannels])
        bias = try arguments.boolean("bias", default: true)
        try arguments.expect("padding_mode", .text("zeros"))
        kernel = ConvolutionKernel(size: size, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }

    public var arguments: [LayerArgument] {
        [.integer(inChannels), .integer(outChannels)] + kernel.arguments + kernel.rareArguments + [.boolean(bias, "bias")]
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == inChannels else { throw LayerError("Conv2d takes [\(inChannels), height, width], not \(input)") }
        let sides = zip(input.dropFirst(), kernel.sides).map { size, side in
            size + 2 * side.padding < side.extent ? 0 : (size + 2 * side.padding - side.extent) / side.stride + 1
        }
        guard sides.allSatisfy({ $0 > 0 }) else { throw LayerError("Conv2d with \(kernel.sizeText) leaves nothing of \(input)") }
        return [outChannels] + sides
    }

    public var parameters: [ParameterDescription] { kernel.parameters(small: outChannels, large: inChannels, out: outChannels, bias: bias) }

    public func multiplyAdds(of input: [Int]) -> Int {
        guard let output = try? outputShape(of: input) else { return 0 }
        return output.reduce(1, *) * (inChannels / kernel.groups) * kernel.area
    }

    public func operation(input: [Int]) -> (any Operation)? {
        guard let output = try? outputShape(of: input) else { return nil }
        return ConvolutionOperation(large: input, small: output, kernel, upwards: false, parameters)
    }
}

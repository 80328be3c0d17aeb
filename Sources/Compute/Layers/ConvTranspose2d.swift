/// The transpose of `Conv2d`, as torch.nn.ConvTranspose2d: every x[c, i, j] adds W[c, o, r, s] x[c, i, j] to
/// y[o, i stride - padding + r dilation, j stride - padding + s dilation], in each of `groups` equal parts of the channels apart.
///
/// W [in, out / groups, kernel height, kernel width]; b [out] unless `bias` is false; initially U(-b, b), b = 1/sqrt(out / groups x kernel).
public struct ConvTranspose2d: LayerDescription {
    public static let type = "ConvTranspose2d"
    public let inChannels: Int, outChannels: Int
    public let kernel: ConvolutionKernel, outputPadding: Pair
    public let bias: Bool

    /// - Parameters:
    ///   - outputPadding: of each side below its stride or its dilation.
    ///   - groups: divides both channels.
    public init(_ inChannels: Int, _ outChannels: Int, kernelSize: Pair, stride: Pair = 1, padding: Pair = 0, outputPadding: Pair = 0,
                groups: Int = 1, bias: Bool = true, dilation: Pair = 1) {
        (self.inChannels, self.outChannels, self.outputPadding, self.bias) = (inChannels, outChannels, outputPadding, bias)
        kernel = ConvolutionKernel(size: kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        inChannels = try arguments.integer("in_channels")
        outChannels = try arguments.integer("out_channels")
        let size = try arguments.extent("kernel_size"), stride = try arguments.extent("stride", default: 1)
        let padding = try arguments.pair("padding", least: 0, default: 0)
        outputPadding = try arguments.pair("output_padding", least: 0, default: 0)
        let groups = try arguments.groups(of: [inChannels, outChannels])
        bias = try arguments.boolean("bias", default: true)
        let dilation = try arguments.pair("dilation", default: 1)
        try arguments.expect("padding_mode", .text("zeros"))
        kernel = ConvolutionKernel(size: size, stride: stride, padding: padding, dilation: dilation, groups: groups)
        guard zip(outputPadding.sides, kernel.sides).allSatisfy({ $0 < max($1.stride, $1.dilation) }) else {
            throw LayerError("ConvTranspose2d: output_padding must be below stride or dilation")
        }
    }

    public var arguments: [LayerArgument] {
        [.integer(inChannels), .integer(outChannels)] + kernel.arguments + [.pair(outputPadding, "output_padding")] + kernel.rareArguments
            + [.boolean(bias, "bias")]
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == inChannels else {
            throw LayerError("ConvTranspose2d takes [\(inChannels), height, width], not \(input)")
        }
        let sides = zip(zip(input.dropFirst(), kernel.sides), outputPadding.sides).map { given, more in
            let (size, side) = given
            return (size - 1) * side.stride - 2 * side.padding + side.extent + more
        }
        guard sides.allSatisfy({ $0 > 0 }) else { throw LayerError("ConvTranspose2d with \(kernel.paddingText) leaves nothing of \(input)") }
        return [outChannels] + sides
    }

    public var parameters: [ParameterDescription] { kernel.parameters(small: inChannels, large: outChannels, out: outChannels, bias: bias) }

    /// Counted where the work is done, at the input's resolution.
    public func multiplyAdds(of input: [Int]) -> Int { input.reduce(1, *) * (outChannels / kernel.groups) * kernel.area }

    public func operation(input: [Int]) -> (any Operation)? {
        guard let output = try? outputShape(of: input) else { return nil }
        return ConvolutionOperation(large: output, small: input, kernel, upwards: true, parameters)
    }
}

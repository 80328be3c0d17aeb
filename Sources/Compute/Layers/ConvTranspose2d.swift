import CKernels
import Tensors

/// The transpose of `Conv2d`, as torch.nn.ConvTranspose2d: every x[i, y, x] adds W[i, o, ky, kx] x[i, y, x] to
/// y[o, y stride - padding + ky, x stride - padding + kx]. W [in, out, k, k]; b [out] unless `bias` is false;
/// initially U(-b, b), b = 1/sqrt(out k k). Square kernels only.
public struct ConvTranspose2d: LayerDescription {
    public static let type = "ConvTranspose2d"
    public let inChannels: Int, outChannels: Int
    public let kernelSize: Int, stride: Int, padding: Int, outputPadding: Int
    public let bias: Bool

    public init(_ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0, bias: Bool = true) {
        (self.inChannels, self.outChannels) = (inChannels, outChannels)
        (self.kernelSize, self.stride, self.padding, self.outputPadding, self.bias) = (kernelSize, stride, padding, outputPadding, bias)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        inChannels = try arguments.integer("in_channels")
        outChannels = try arguments.integer("out_channels")
        kernelSize = try arguments.extent("kernel_size")
        stride = try arguments.extent("stride", default: 1)
        padding = try arguments.integer("padding", least: 0, default: 0)
        outputPadding = try arguments.integer("output_padding", least: 0, default: 0)
        bias = try arguments.boolean("bias", default: true)
        guard outputPadding < stride else { throw LayerError("ConvTranspose2d: output_padding must be below stride") }
    }

    public var arguments: [LayerArgument] {
        [.integer(inChannels), .integer(outChannels), .integer(kernelSize, "kernel_size"), .integer(stride, "stride"),
         .integer(padding, "padding"), .integer(outputPadding, "output_padding"), .boolean(bias, "bias")]
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == inChannels else {
            throw LayerError("ConvTranspose2d takes [\(inChannels), height, width], not \(input)")
        }
        let sides = input.dropFirst().map { ($0 - 1) * stride - 2 * padding + kernelSize + outputPadding }
        guard sides.allSatisfy({ $0 > 0 }) else { throw LayerError("ConvTranspose2d with padding \(padding) leaves nothing of \(input)") }
        return [outChannels] + sides
    }

    public var parameters: [ParameterDescription] {
        .convolution([inChannels, outChannels, kernelSize, kernelSize], outChannels: outChannels, bias: bias)
    }

    /// Counted where the work is done, at the input's resolution.
    public func multiplyAdds(of input: [Int]) -> Int {
        input.reduce(1, *) * outChannels * kernelSize * kernelSize
    }

    public func operation(input: [Int]) -> (any Operation)? {
        guard let output = try? outputShape(of: input) else { return nil }
        return ConvolutionOperation(large: output, small: input, kernel: kernelSize, stride: stride, padding: padding, upwards: true, parameters)
    }
}

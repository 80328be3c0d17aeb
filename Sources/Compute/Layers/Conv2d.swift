import CKernels
import Tensors

/// Cross-correlation, as torch.nn.Conv2d: y[o] = b[o] + sum over i, ky, kx of W[o, i, ky, kx] x[i, y stride - padding + ky, x stride - padding + kx].
/// W [out, in, k, k]; b [out] unless `bias` is false; initially U(-b, b), b = 1/sqrt(in k k). Square kernels only.
public struct Conv2d: LayerDescription {
    public static let type = "Conv2d"
    public let inChannels: Int, outChannels: Int
    public let kernelSize: Int, stride: Int, padding: Int
    public let bias: Bool

    public init(_ inChannels: Int, _ outChannels: Int, kernelSize: Int, stride: Int = 1, padding: Int = 0, bias: Bool = true) {
        (self.inChannels, self.outChannels) = (inChannels, outChannels)
        (self.kernelSize, self.stride, self.padding, self.bias) = (kernelSize, stride, padding, bias)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        inChannels = try arguments.integer("in_channels")
        outChannels = try arguments.integer("out_channels")
        kernelSize = try arguments.extent("kernel_size")
        stride = try arguments.extent("stride", default: 1)
        padding = try arguments.integer("padding", least: 0, default: 0)
        bias = try arguments.boolean("bias", default: true)
    }

    public var arguments: [LayerArgument] {
        [.integer(inChannels), .integer(outChannels), .integer(kernelSize, "kernel_size"), .integer(stride, "stride"),
         .integer(padding, "padding"), .boolean(bias, "bias")]
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == inChannels else { throw LayerError("Conv2d takes [\(inChannels), height, width], not \(input)") }
        let sides = input.dropFirst().map { ($0 + 2 * padding - kernelSize) / stride + 1 }
        guard zip(input.dropFirst(), sides).allSatisfy({ $0 + 2 * padding >= kernelSize && $1 > 0 }) else {
            throw LayerError("Conv2d with kernel_size \(kernelSize) leaves nothing of \(input)")
        }
        return [outChannels] + sides
    }

    public var parameters: [ParameterDescription] {
        .convolution([outChannels, inChannels, kernelSize, kernelSize], outChannels: outChannels, bias: bias)
    }

    public func multiplyAdds(of input: [Int]) -> Int {
        guard let output = try? outputShape(of: input) else { return 0 }
        return output.reduce(1, *) * inChannels * kernelSize * kernelSize
    }

    public func operation(input: [Int]) -> (any Operation)? {
        guard let output = try? outputShape(of: input) else { return nil }
        return ConvolutionOperation(large: input, small: output, kernel: kernelSize, stride: stride, padding: padding, upwards: false, parameters)
    }
}

extension ArgumentList {
    /// A kernel's size or its stride, of which the convolutions keep tables.
    mutating func extent(_ name: String, default fallback: Int? = nil) throws(LayerError) -> Int {
        let extent = try integer(name, default: fallback)
        guard extent <= Int(AEK_KERNEL_MAX) else { throw LayerError("\(name) is \(extent), above \(AEK_KERNEL_MAX)") }
        return extent
    }
}

extension [ParameterDescription] {
    /// Weights of `shape` and, where wanted, a bias: bound 1/sqrt(fan_in), fan_in = shape[1] k k, as PyTorch computes it for both directions.
    static func convolution(_ shape: [Int], outChannels: Int, bias: Bool) -> Self {
        let bound = ParameterDescription.Initial.uniform(bound: 1 / Float(shape[1] * shape[2] * shape[3]).squareRoot())
        let weight = ParameterDescription("weight", shape, initial: bound)
        return bias ? [weight, ParameterDescription("bias", [outChannels], initial: bound)] : [weight]
    }
}

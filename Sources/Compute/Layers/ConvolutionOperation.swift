import CKernels
import Tensors

/// Computes `Conv2d` (from the large map to the small one) and `ConvTranspose2d` (upwards): each is the other's input gradient,
/// and the weights' gradient is the same product of a small and a large map for both.
public final class ConvolutionOperation: Operation {
    public let parameters: [Parameter]
    public let partition = Partition.blocks
    public var activation = Activation.identity

    private var geometry: aek_convolution
    private let upwards: Bool
    private let weight: Parameter, bias: Parameter?
    private let outChannels: Int, outArea: Int
    /// The sums of each run, a row of whole vectors a run.
    private var weightGradients: FloatBuffer?, biasGradients: FloatBuffer?

    /// - Parameters:
    ///   - large, small: maps [channels, height, width]; the convolution downwards takes `large` to `small`.
    init(large: [Int], small: [Int], kernel: Int, stride: Int, padding: Int, upwards: Bool, _ described: [ParameterDescription]) {
        func size(_ value: Int) -> Int32 { Int32(value) }
        geometry = aek_convolution(large_channels: size(large[0]), large_height: size(large[1]), large_width: size(large[2]),
                                   small_channels: size(small[0]), small_height: size(small[1]), small_width: size(small[2]),
                                   kernel: size(kernel), stride: size(stride), padding: size(padding))
        self.upwards = upwards
        let out = upwards ? large : small
        (outChannels, outArea) = (out[0], out[1] * out[2])
        parameters = described.map(Parameter.init)
        (weight, bias) = (parameters[0], parameters.count == 2 ? parameters[1] : nil)
    }

    /// Another's geometry, with weights of its own and this bias.
    private init(_ other: ConvolutionOperation, bias: Parameter) {
        (geometry, upwards, outChannels, outArea) = (other.geometry, other.upwards, other.outChannels, other.outArea)
        weight = Parameter(other.weight.description)
        self.bias = bias
        parameters = [weight, bias]
    }

    /// This convolution and a batch normalisation with its running statistics, as one; nil where the other operation is none, or an activation
    /// stands between them. It cannot be trained.
    public func normalized(by operation: any Operation) -> ConvolutionOperation? {
        guard activation == .identity, let normalization = operation as? BatchNorm2dOperation else { return nil }
        let count = outChannels, shift = Parameter(ParameterDescription("bias", [count], initial: .constant(0))), both = ConvolutionOperation(self, bias: shift)
        both.activation = normalization.activation
        withUnsafeTemporaryAllocation(of: Float.self, capacity: normalization.scratchCount(blocks: 1)) { memory in
            let numbers = normalization.runningNormalization(in: memory.baseAddress!)
            // W is [small][large][kernel][kernel]: a channel of the result is the first index downwards, the second upwards.
            let each = upwards ? Int(geometry.kernel * geometry.kernel) : weight.values.count / count
            for i in 0..<weight.values.count { both.weight.values[i] = weight.values[i] * numbers.scale[i / each % count] }
            for c in 0..<count { shift.values[c] = (bias?.values[c] ?? 0) * numbers.scale[c] + numbers.shift[c] }
        }
        return both
    }

    public func scratchCount(blocks: Int) -> Int {
        var geometry = geometry
        return max(aek_convolution_scratch(&geometry), aek_convolution_image_scratch(&geometry))
    }

    public func prepareToTrain(blocks: Int, members: Int) {
        let runs = RunTree.runs(blocks: blocks)
        weightGradients = FloatBuffer(count: runs * Lanes.padded(weight.values.count))
        biasGradients = bias.map { FloatBuffer(count: runs * Lanes.padded($0.values.count)) }
    }

    public func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        convolve(upwards, bias, x, y, activation, pass)
    }

    public func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        guard pass.member.index == 0 else { return }
        let kernel = upwards ? Kernels.table.convolve_image_up : Kernels.table.convolve_image_down
        kernel!(&geometry, weight.values.baseAddress!, bias?.values.baseAddress, x, y, activation.kernel, pass.scratch)
    }

    public func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let weightGradients else { preconditionFailure("backward without prepareToTrain") }
        if activation != .identity {
            let own = pass.part(of: outChannels * outArea), first = own.lowerBound
            for block in pass.ownBlocks {
                let gradient = dy.row(first, block: block)
                Kernels.table.activate_gradient(y.row(first, block: block), gradient, gradient, own.count, activation.kernel)
            }
            if pass.sharesRuns { pass.member.barrier() }
        }
        if let dx { convolve(!upwards, nil, dy, dx, .identity, pass) }
        let (small, large) = upwards ? (x, dy) : (dy, x)
        let kernelRows = pass.part(of: Int(geometry.large_channels * geometry.kernel)), channels = pass.part(of: outChannels)
        for run in pass.ownRuns {
            let blocks = pass.blocks(ofRun: run)
            Kernels.table.convolve_weights(&geometry, small.row(block: blocks.lowerBound), small.stride,
                                           large.row(block: blocks.lowerBound), large.stride, blocks.count, kernelRows.lowerBound, kernelRows.upperBound,
                                           weightGradients.pointer + run * Lanes.padded(weight.values.count), pass.scratch)
            if let biasGradients {
                Kernels.table.row_sums(dy.row(channels.lowerBound * outArea, block: blocks.lowerBound), dy.stride, channels.count, outArea,
                                       blocks.count, 1, biasGradients.pointer + run * Lanes.padded(outChannels) + channels.lowerBound)
            }
        }
    }

    public func collectGradients(_ pass: Pass) {
        collect(weight, weightGradients, pass)
        collect(bias, biasGradients, pass)
    }

    private func collect(_ parameter: Parameter?, _ sums: FloatBuffer?, _ pass: Pass) {
        guard let gradient = parameter?.gradient, let sums else { return }
        let count = Lanes.padded(gradient.count), own = pass.member.rows(of: 0..<count)
        Kernels.table.add_runs(sums.pointer + own.lowerBound, pass.runs, count, gradient.baseAddress! + own.lowerBound, own.count / Lanes.count)
    }

    /// target = activation(bias + W source) for this thread's blocks, or for some rows of them.
    private func convolve(_ up: Bool, _ bias: Parameter?, _ source: Activations, _ target: Activations, _ activation: Activation, _ pass: Pass) {
        let own = pass.ownBlocks, rows = pass.part(of: Int(up ? geometry.large_height : geometry.small_height))
        let kernel = up ? Kernels.table.convolve_up : Kernels.table.convolve_down
        kernel!(&geometry, weight.values.baseAddress!, bias?.values.baseAddress, source.row(block: own.lowerBound), source.stride,
                target.row(block: own.lowerBound), target.stride, own.count, rows.lowerBound, rows.upperBound, activation.kernel, pass.scratch)
    }
}

import CKernels
import Tensors

/// Computes `Conv2d` (from the large map to the small one) and `ConvTranspose2d` (upwards): each is the other's input gradient,
/// and the weights' gradient is the same product of a small and a large map for both. Groups of channels are computed one after the other.
public final class ConvolutionOperation: Operation {
    public let parameters: [Parameter]
    public let partition = Partition.blocks
    public var activation = Activation.identity

    /// Of one group.
    private var geometry: aek_convolution
    private let groups: Int, upwards: Bool
    private let weight: Parameter, bias: Parameter?
    private let outChannels: Int, outArea: Int
    /// The floats of a group's weights.
    private var groupWeights: Int { weight.values.count / groups }
    /// The sums of each run, a row of whole vectors a run.
    private var weightGradients: FloatBuffer?, biasGradients: FloatBuffer?

    /// - Parameters:
    ///   - large, small: maps [channels, height, width]; the convolution downwards takes `large` to `small`.
    init(large: [Int], small: [Int], _ kernel: ConvolutionKernel, upwards: Bool, _ described: [ParameterDescription]) {
        (geometry, groups, self.upwards) = (kernel.geometry(large: large, small: small), kernel.groups, upwards)
        let out = upwards ? large : small
        (outChannels, outArea) = (out[0], out[1] * out[2])
        parameters = described.map(Parameter.init)
        (weight, bias) = (parameters[0], parameters.count == 2 ? parameters[1] : nil)
    }

    /// Another's geometry, with weights of its own and this bias.
    private init(_ other: ConvolutionOperation, bias: Parameter) {
        (geometry, groups, upwards, outChannels, outArea) = (other.geometry, other.groups, other.upwards, other.outChannels, other.outArea)
        weight = Parameter(other.weight.description)
        self.bias = bias
        parameters = [weight, bias]
    }

    public func takes(_ activation: Activation) -> Bool { activation.gradientFrom == .result }

    /// This convolution and a batch normalisation with its running statistics, as one; nil where the other operation is none, or an activation
    /// stands between them. It cannot be trained.
    public func normalized(by operation: any Operation) -> ConvolutionOperation? {
        guard activation == .identity, let normalization = operation as? BatchNormOperation else { return nil }
        let count = outChannels, shift = Parameter(ParameterDescription("bias", [count], initial: .constant(0)))
        let both = ConvolutionOperation(self, bias: shift)
        both.activation = normalization.activation
        withUnsafeTemporaryAllocation(of: Float.self, capacity: normalization.scratchCount(blocks: 1)) { memory in
            let numbers = normalization.runningNormalization(in: memory.baseAddress!)
            // W is [small][large of a group][kernel]: a channel of the result is the first index downwards, the second upwards.
            let taps = Int(geometry.kernel_height * geometry.kernel_width), inGroup = count / groups
            for i in 0..<weight.values.count {
                let channel = upwards ? i / groupWeights * inGroup + i / taps % inGroup : i / (weight.values.count / count)
                both.weight.values[i] = weight.values[i] * numbers.scale[channel]
            }
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
        for group in 0..<groups {
            kernel!(&geometry, weight.values.baseAddress! + group * groupWeights, biases(of: group, bias), x + group * features(of: !upwards),
                    y + group * features(of: upwards), activation.kernel, pass.scratch)
        }
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
        let (small, large) = upwards ? (x, dy) : (dy, x), channels = pass.part(of: outChannels)
        for run in pass.ownRuns {
            differentiateWeights(small, large, run, weightGradients.pointer + run * Lanes.padded(weight.values.count), pass)
            guard let biasGradients else { continue }
            let blocks = pass.blocks(ofRun: run)
            Kernels.table.row_sums(dy.row(channels.lowerBound * outArea, block: blocks.lowerBound), dy.stride, channels.count, outArea, blocks.count, 1,
                                   biasGradients.pointer + run * Lanes.padded(outChannels) + channels.lowerBound)
        }
    }

    /// The sums over a run, of the kernel rows that are this thread's.
    private func differentiateWeights(_ small: Activations, _ large: Activations, _ run: Int, _ gradient: UnsafeMutablePointer<Float>, _ pass: Pass) {
        let blocks = pass.blocks(ofRun: run), rows = pass.part(of: Int(geometry.large_channels * geometry.kernel_height))
        for group in 0..<groups {
            Kernels.table.convolve_weights(&geometry, small.row(group * features(of: false), block: blocks.lowerBound), small.stride,
                                           large.row(group * features(of: true), block: blocks.lowerBound), large.stride,
                                           blocks.count, rows.lowerBound, rows.upperBound, gradient + group * groupWeights, pass.scratch)
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
        for group in 0..<groups {
            kernel!(&geometry, weight.values.baseAddress! + group * groupWeights, biases(of: group, bias),
                    source.row(group * features(of: !up), block: own.lowerBound), source.stride,
                    target.row(group * features(of: up), block: own.lowerBound), target.stride, own.count, rows.lowerBound, rows.upperBound,
                    activation.kernel, pass.scratch)
        }
    }

    /// The numbers of one group of the large map, or of the small one.
    private func features(of large: Bool) -> Int {
        Int(large ? geometry.large_channels * geometry.large_height * geometry.large_width
                  : geometry.small_channels * geometry.small_height * geometry.small_width)
    }

    private func biases(of group: Int, _ bias: Parameter?) -> UnsafePointer<Float>? {
        bias.map { UnsafePointer($0.values.baseAddress! + group * (outChannels / groups)) }
    }
}

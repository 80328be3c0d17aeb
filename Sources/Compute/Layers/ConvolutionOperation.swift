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
    private let weight: ParameterStorage, bias: ParameterStorage?
    private let outChannels: Int, outArea: Int
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
        weight = ParameterStorage(count: described[0].count)
        bias = described.count == 2 ? ParameterStorage(count: described[1].count) : nil
        parameters = zip(described, [weight, bias].compactMap { $0 }).map { Parameter($0, in: $1) }
    }

    /// Another's geometry, with weights of its own and this bias.
    private init(_ other: ConvolutionOperation, bias: ParameterStorage) {
        (geometry, upwards, outChannels, outArea) = (other.geometry, other.upwards, other.outChannels, other.outArea)
        weight = ParameterStorage(count: other.weight.values.count)
        self.bias = bias
        parameters = []
    }

    /// This convolution and a batch normalisation with its running statistics, as one; nil where the other operation is none, or an activation
    /// stands between them. It cannot be trained.
    public func normalized(by operation: any Operation) -> ConvolutionOperation? {
        guard activation == .identity, let normalization = operation as? BatchNorm2dOperation else { return nil }
        let count = outChannels, shift = ParameterStorage(count: count), both = ConvolutionOperation(self, bias: shift)
        both.activation = normalization.activation
        withUnsafeTemporaryAllocation(of: Float.self, capacity: normalization.scratchCount(blocks: 1)) { memory in
            let numbers = normalization.runningNormalization(in: memory.baseAddress!)
            // W is [small][large][kernel][kernel]: a channel of the result is the first index downwards, the second upwards.
            let each = upwards ? Int(geometry.kernel * geometry.kernel) : weight.values.count / count
            for i in 0..<weight.values.count { both.weight.values.pointer[i] = weight.values.pointer[i] * numbers.scale[i / each % count] }
            for c in 0..<count { shift.values.pointer[c] = (bias?.values.pointer[c] ?? 0) * numbers.scale[c] + numbers.shift[c] }
        }
        return both
    }

    public func scratchCount(blocks: Int) -> Int {
        var geometry = geometry
        return max(aek_convolution_scratch(&geometry), aek_convolution_image_scratch(&geometry))
    }

    public func prepareToTrain(blocks: Int, members: Int) {
        weight.prepareToTrain()
        bias?.prepareToTrain()
        let slots = Pass.slots(blocks: blocks)
        weightGradients = FloatBuffer(count: slots * weight.values.count)
        biasGradients = bias.map { FloatBuffer(count: slots * $0.values.count) }
    }

    public func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        convolve(upwards, bias, x, y, activation, pass)
    }

    public func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        guard pass.member.index == 0 else { return }
        let kernel = upwards ? Kernels.table.convolve_image_up : Kernels.table.convolve_image_down
        kernel!(&geometry, weight.values.pointer, bias?.values.pointer, x, y, activation.kernel, pass.scratch)
    }

    public func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let weightGradients else { preconditionFailure("backward without prepareToTrain") }
        if activation != .identity {
            for block in pass.ownBlocks {
                let gradient = dy.row(block: block)
                Kernels.table.activate_gradient(y.row(block: block), gradient, gradient, outChannels * outArea, activation.kernel)
            }
        }
        if let dx { convolve(!upwards, nil, dy, dx, .identity, pass) }
        let (small, large) = upwards ? (x, dy) : (dy, x)
        for slot in pass.ownSlots {
            let blocks = pass.blocks(ofSlot: slot)
            Kernels.table.convolve_weights(&geometry, small.row(block: blocks.lowerBound), small.stride, large.row(block: blocks.lowerBound), large.stride,
                                           blocks.count, weightGradients.pointer + slot * weight.values.count, pass.scratch)
            if let biasGradients {
                Kernels.table.row_sums(dy.row(block: blocks.lowerBound), dy.stride, outChannels, outArea, blocks.count,
                                       biasGradients.pointer + slot * outChannels)
            }
        }
    }

    public func update(_ pass: Pass) {
        guard let weightGradients else { preconditionFailure("update without prepareToTrain") }
        weight.step(weightGradients.pointer, parts: pass.slots, stride: weight.values.count, pass.adam)
        if let biasGradients { bias?.step(biasGradients.pointer, parts: pass.slots, stride: outChannels, pass.adam) }
    }

    /// target = activation(bias + W source) for this thread's blocks.
    private func convolve(_ up: Bool, _ bias: ParameterStorage?, _ source: Activations, _ target: Activations, _ activation: Activation, _ pass: Pass) {
        let own = pass.ownBlocks
        let kernel = up ? Kernels.table.convolve_up : Kernels.table.convolve_down
        kernel!(&geometry, weight.values.pointer, bias?.values.pointer, source.row(block: own.lowerBound), source.stride,
                target.row(block: own.lowerBound), target.stride, own.count, activation.kernel, pass.scratch)
    }
}

import CKernels
import Tensors

/// y = (x - mean) / sqrt(variance + 1e-5) weight + bias for each channel, as torch.nn.BatchNorm2d.
///
/// In training, mean and (biased) variance are those of the batch; the running mean and the running variance (unbiased) move
/// towards them by 0.1. In evaluation they are the running ones. weight is 1 and bias 0 at first. All five tensors are [channels] but
/// `num_batches_tracked`, a scalar.
public struct BatchNorm2d: LayerDescription {
    public static let type = "BatchNorm2d"
    public static let epsilon = 1e-5, momentum = 0.1
    public let channels: Int

    public init(_ channels: Int) { self.channels = channels }

    public init(_ arguments: inout ArgumentList) throws(LayerError) { channels = try arguments.integer("num_features") }

    public var arguments: [LayerArgument] { [.integer(channels)] }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3, input[0] == channels else { throw LayerError("BatchNorm2d takes [\(channels), height, width], not \(input)") }
        return input
    }

    public var parameters: [ParameterDescription] {
        [
            ParameterDescription("weight", [channels], initial: .constant(1)),
            ParameterDescription("bias", [channels], initial: .constant(0)),
            ParameterDescription("running_mean", [channels], role: .statistic, initial: .constant(0)),
            ParameterDescription("running_var", [channels], role: .statistic, initial: .constant(1)),
            ParameterDescription("num_batches_tracked", [], role: .counter, initial: .constant(0)),
        ]
    }

    public func operation(input: [Int]) -> (any Operation)? { BatchNorm2dOperation(channels, area: input[1] * input[2], parameters) }
}

final class BatchNorm2dOperation: Operation {
    let parameters: [Parameter]
    let partition = Partition.blocks
    var activation = Activation.identity

    private let channels: Int, area: Int
    private var weight: Parameter { parameters[0] }
    private var bias: Parameter { parameters[1] }
    private var runningMean: Parameter { parameters[2] }
    private var runningVariance: Parameter { parameters[3] }
    /// Each block's means and sums of squared deviations forward; its sums of dy and of dy (x - mean) backward. Two buffers, for a thread
    /// may already go back while another still reads what both wrote on the way forward.
    private var moments: FloatBuffer?, sums: FloatBuffer?
    /// Each thread's own copy of the batch's mean and 1 / sqrt(variance + epsilon), and of scale and shift, which all compute alike.
    private var statistics: [FloatBuffer] = []

    init(_ channels: Int, area: Int, _ described: [ParameterDescription]) {
        (self.channels, self.area) = (channels, area)
        parameters = described.map(Parameter.init)
    }

    /// Of every channel mean, 1 / sqrt(variance + epsilon), scale and shift, or the three coefficients of the gradient.
    func scratchCount(blocks: Int) -> Int { 4 * channels }

    func prepareToTrain(blocks: Int, members: Int) {
        moments = FloatBuffer(count: 2 * channels * blocks)
        sums = FloatBuffer(count: 2 * channels * blocks)
        statistics = (0..<members).map { _ in FloatBuffer(count: 4 * channels) }
    }

    func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let normalization: aek_normalization
        if pass.training {
            measure(x, pass)
            normalization = self.normalization(of: statistics[pass.member.index].pointer)
        } else {
            normalization = runningNormalization(in: pass.scratch)
        }
        for block in pass.ownBlocks {
            Kernels.table.scale_shift(x.row(block: block), y.row(block: block), channels, area, normalization.scale, normalization.shift, activation.kernel)
        }
    }

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        forwardInBlock(image: x, y, inputs: channels * area, outputs: channels * area, pass)
    }

    /// Scale and shift from the running statistics, in `memory` of four numbers a channel.
    func runningNormalization(in memory: UnsafeMutablePointer<Float>) -> aek_normalization {
        for c in 0..<channels {
            memory[c] = runningMean.values[c]
            memory[channels + c] = Float(1 / (Double(runningVariance.values[c]) + BatchNorm2d.epsilon).squareRoot())
        }
        return normalization(of: memory)
    }

    /// `statistics`: means, then 1 / sqrt(variance + epsilon); scale and shift are written behind them.
    private func normalization(of statistics: UnsafeMutablePointer<Float>) -> aek_normalization {
        let mean = statistics, inverse = mean + channels, scale = inverse + channels, shift = scale + channels
        for c in 0..<channels {
            scale[c] = weight.values[c] * inverse[c]
            shift[c] = bias.values[c] - mean[c] * scale[c]
        }
        return aek_normalization(channels: channels, area: area, mean: mean, scale: scale, shift: shift, activation: activation.kernel)
    }

    /// The batch's statistics: those of each block, joined by Chan, Golub and LeVeque's formula (1979).
    private func measure(_ x: Activations, _ pass: Pass) {
        guard let moments else { preconditionFailure("training without prepareToTrain") }
        for block in pass.ownBlocks {
            let mean = moments.pointer + 2 * channels * block
            Kernels.table.moments(x.row(block: block), channels, area, pass.images(inBlock: block), mean, mean + channels)
        }
        pass.member.barrier()
        let own = statistics[pass.member.index].pointer, total = Double(pass.images * area)
        for c in 0..<channels {
            var mean = 0.0, squares = 0.0, count = 0.0
            for block in 0..<pass.blocks {
                let size = Double(pass.images(inBlock: block) * area), at = 2 * channels * block + c
                let delta = Double(moments.pointer[at]) - mean
                squares += Double(moments.pointer[at + channels]) + delta * delta * count * size / (count + size)
                count += size
                mean += delta * size / count
            }
            own[c] = Float(mean)
            own[channels + c] = Float(1 / (squares / total + BatchNorm2d.epsilon).squareRoot())
            guard pass.member.index == 0 else { continue }
            move(&runningMean.values[c], to: mean)
            move(&runningVariance.values[c], to: squares / max(total - 1, 1))
        }
        if pass.member.index == 0 { parameters[4].counter += 1 }
    }

    private func move(_ running: inout Float, to value: Double) {
        running = Float((1 - BatchNorm2d.momentum) * Double(running) + BatchNorm2d.momentum * value)
    }

    /// With x^ = (x - mean) s and N numbers a channel: dx = weight s (dy - sum(dy) / N - x^ sum(dy x^) / N).
    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let sums, let weightGradient = weight.gradient, let biasGradient = bias.gradient else { preconditionFailure("backward without prepareToTrain") }
        let inverse = statistics[pass.member.index].pointer + channels
        var normalization = normalization(of: statistics[pass.member.index].pointer)
        for block in pass.ownBlocks {
            Kernels.table.normalize_sums(x.row(block: block), dy.row(block: block), pass.images(inBlock: block), &normalization,
                                         sums.pointer + 2 * channels * block)
        }
        pass.member.barrier()
        let a = pass.scratch, b = a + channels, d = b + channels, total = Double(pass.images * area)
        for c in 0..<channels {
            var sum = 0.0, product = 0.0
            for block in 0..<pass.blocks {
                sum += Double(sums.pointer[2 * (channels * block + c)])
                product += Double(sums.pointer[2 * (channels * block + c) + 1])
            }
            let s = Double(inverse[c]), slope = Double(weight.values[c]) * s
            a[c] = Float(slope)
            b[c] = Float(-slope * s * s * product / total)
            d[c] = Float(-slope * sum / total)
            guard pass.member.index == 0 else { continue }
            weightGradient[c] = Float(product * s)
            biasGradient[c] = Float(sum)
        }
        guard let dx else { return }
        for block in pass.ownBlocks {
            Kernels.table.normalize_gradient(x.row(block: block), dy.row(block: block), dx.row(block: block), pass.images(inBlock: block),
                                             &normalization, a, b, d)
        }
    }
}

import CKernels
import Tensors

/// What `BatchNorm1d` and `BatchNorm2d` have in common: y = (x - mean) / sqrt(variance + epsilon) weight + bias for each channel.
///
/// In training, mean and (biased) variance are those of the batch; the running mean and the running variance (unbiased) move towards them by the
/// momentum, or without one are means over all batches. In evaluation they are the running ones. weight is 1 and bias 0 at first. All five tensors
/// are [channels] but `num_batches_tracked`, a scalar.
public struct BatchNormalization: Sendable, Equatable {
    public let channels: Int
    public let epsilon: Double, momentum: Double?
    let affine: Affine

    init(_ channels: Int) { (self.channels, epsilon, momentum, affine) = (channels, 1e-5, 0.1, Affine(weight: true, bias: true)) }

    init(_ arguments: inout ArgumentList) throws(LayerError) {
        channels = try arguments.integer("num_features")
        epsilon = try arguments.epsilon()
        momentum = try arguments.optionalNumber("momentum", in: 0...1, default: 0.1)
        // Without running statistics an image's result would depend on those beside it.
        affine = try arguments.affine("affine")
        try arguments.expect("track_running_stats", .boolean(true))
    }

    /// The channels alone where all else is the default.
    var arguments: [LayerArgument] {
        guard self != BatchNormalization(channels) else { return [.integer(channels)] }
        let momentum = momentum.map { LayerArgument.number($0, "momentum") } ?? LayerArgument(name: "momentum", value: .nothing)
        return [.integer(channels), .number(epsilon, "eps"), momentum] + affine.arguments("affine")
    }

    var parameters: [ParameterDescription] {
        affine.parameters([channels]) + [
            ParameterDescription("running_mean", [channels], role: .statistic, initial: .constant(0)),
            ParameterDescription("running_var", [channels], role: .statistic, initial: .constant(1)),
            ParameterDescription("num_batches_tracked", [], role: .counter, initial: .constant(0)),
        ]
    }
}

final class BatchNormOperation: Operation {
    let parameters: [Parameter]
    let partition = Partition.blocks
    var activation = Activation.identity

    private let epsilon: Double, momentum: Double?
    private let channels: Int, area: Int
    private let weight: Parameter?, bias: Parameter?
    private let runningMean: Parameter, runningVariance: Parameter, counter: Parameter
    /// Of each run and channel, its `Moments` forward; the sums of dy and of dy (x - mean) backward. Two of them, for a thread
    /// may already go back while another still reads what both wrote on the way forward.
    private var moments: PartialSums?, sums: PartialSums?
    /// Each thread's own copy of the batch's mean and 1 / sqrt(variance + epsilon), and of scale and shift, which all compute alike.
    private var statistics: [FloatBuffer] = []

    /// - Parameter area: the numbers of a channel.
    init(_ layer: BatchNormalization, area: Int) {
        (channels, self.area, epsilon, momentum) = (layer.channels, area, layer.epsilon, layer.momentum)
        parameters = layer.parameters.map(Parameter.init)
        (weight, bias) = layer.affine.taken(from: parameters)
        let first = parameters.count - 3
        (runningMean, runningVariance, counter) = (parameters[first], parameters[first + 1], parameters[first + 2])
    }

    func takes(_ activation: Activation) -> Bool { true }

    /// Of every channel mean, 1 / sqrt(variance + epsilon), scale and shift, or the three coefficients of the gradient.
    func scratchCount(blocks: Int) -> Int { 4 * channels }

    func prepareToTrain(blocks: Int, members: Int) {
        let runs = RunTree.runs(blocks: blocks)
        moments = PartialSums(rows: runs, count: 3 * channels)
        sums = PartialSums(rows: runs, count: 2 * channels)
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
        let own = pass.part(of: channels), first = own.lowerBound
        for block in pass.ownBlocks {
            Kernels.table.scale_shift(x.row(first * area, block: block), y.row(first * area, block: block), own.count, area,
                                      normalization.scale + first, normalization.shift + first, activation.kernel)
        }
    }

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        forwardInBlock(image: x, y, inputs: channels * area, outputs: channels * area, pass)
    }

    /// Scale and shift from the running statistics, in `memory` of four numbers a channel.
    func runningNormalization(in memory: UnsafeMutablePointer<Float>) -> aek_normalization {
        let mean = runningMean.values, variance = runningVariance.values
        for c in 0..<channels {
            memory[c] = mean[c]
            memory[channels + c] = Float(1 / (Double(variance[c]) + epsilon).squareRoot())
        }
        return normalization(of: memory)
    }

    /// `statistics`: means, then 1 / sqrt(variance + epsilon); scale and shift are written behind them.
    private func normalization(of statistics: UnsafeMutablePointer<Float>) -> aek_normalization {
        let mean = statistics, inverse = mean + channels, scale = inverse + channels, shift = scale + channels
        let weight = weight?.values, bias = bias?.values
        for c in 0..<channels {
            scale[c] = (weight?[c] ?? 1) * inverse[c]
            shift[c] = (bias?[c] ?? 0) - mean[c] * scale[c]
        }
        return aek_normalization(channels: channels, area: area, mean: mean, scale: scale, shift: shift, activation: activation.kernel)
    }

    /// The same, for some channels alone.
    private func part(_ own: Range<Int>, of n: aek_normalization) -> aek_normalization {
        let first = own.lowerBound
        return aek_normalization(channels: own.count, area: area, mean: n.mean + first, scale: n.scale + first, shift: n.shift + first,
                                 activation: n.activation)
    }

    /// The batch's statistics: those of each block, joined by Chan, Golub and LeVeque's formula (1979) in the order of `RunTree`.
    private func measure(_ x: Activations, _ pass: Pass) {
        guard let moments else { preconditionFailure("training without prepareToTrain") }
        measureRuns(x, moments, pass)
        pass.member.barrier()
        let own = statistics[pass.member.index].pointer, total = Double(pass.images * area), leads = pass.member.index == 0
        let runningMean = runningMean.values, runningVariance = runningVariance.values
        if leads { counter.counter += 1 }
        for c in 0..<channels {
            let all = RunTree.fold(pass.runs) { moments.moments($0, c) } join: { $0.joined(with: $1) }
            own[c] = Float(all.mean)
            own[channels + c] = Float(1 / (all.squares / total + epsilon).squareRoot())
            guard leads else { continue }
            move(&runningMean[c], to: all.mean)
            move(&runningVariance[c], to: all.squares / max(total - 1, 1))
        }
    }

    /// The moments of this thread's runs and channels.
    private func measureRuns(_ x: Activations, _ moments: PartialSums, _ pass: Pass) {
        let own = pass.part(of: channels), mean = pass.scratch, squares = pass.scratch + channels
        for run in pass.ownRuns {
            let blocks = pass.blocks(ofRun: run)
            for block in blocks {
                let images = pass.images(inBlock: block), size = Double(images * area)
                Kernels.table.moments(x.row(own.lowerBound * area, block: block), own.count, area, images, mean, squares)
                for (index, c) in own.enumerated() {
                    let these = Moments(count: size, mean: Double(mean[index]), squares: Double(squares[index]))
                    moments.set(run, c, block == blocks.lowerBound ? these : moments.moments(run, c).joined(with: these))
                }
            }
        }
    }

    private func move(_ running: inout Float, to value: Double) {
        let momentum = momentum ?? 1 / Double(counter.counter)
        running = Float((1 - momentum) * Double(running) + momentum * value)
    }

    /// With x^ = (x - mean) s and N numbers a channel: dx = weight s (dy - sum(dy) / N - x^ sum(dy x^) / N).
    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let sums else { preconditionFailure("backward without prepareToTrain") }
        let weightGradient = weight?.gradient, biasGradient = bias?.gradient
        let inverse = statistics[pass.member.index].pointer + channels, own = pass.part(of: channels), first = own.lowerBound
        let whole = normalization(of: statistics[pass.member.index].pointer)
        var normalization = part(own, of: whole)
        sumRuns(x, dy, &normalization, sums, pass)
        pass.member.barrier()
        let a = pass.scratch, b = a + channels, d = b + channels, total = Double(pass.images * area), weights = weight?.values
        for c in 0..<channels {
            let sum = RunTree.fold(pass.runs) { sums[$0, 2 * c] } join: { $0 + $1 }
            let product = RunTree.fold(pass.runs) { sums[$0, 2 * c + 1] } join: { $0 + $1 }
            let s = Double(inverse[c]), slope = Double(weights?[c] ?? 1) * s
            a[c] = Float(slope)
            b[c] = Float(-slope * s * s * product / total)
            d[c] = Float(-slope * sum / total)
            guard pass.member.index == 0 else { continue }
            weightGradient?[c] = Float(product * s)
            biasGradient?[c] = Float(sum)
        }
        guard let dx else { return }
        for block in pass.ownBlocks {
            Kernels.table.normalize_gradient(x.row(first * area, block: block), dy.row(first * area, block: block),
                                             dx.row(first * area, block: block), pass.images(inBlock: block), &normalization, a + first, b + first, d + first)
        }
    }

    /// The sums over this thread's runs and channels.
    private func sumRuns(_ x: Activations, _ dy: Activations, _ normalization: inout aek_normalization, _ sums: PartialSums, _ pass: Pass) {
        let own = pass.part(of: channels), first = own.lowerBound
        for run in pass.ownRuns {
            let blocks = pass.blocks(ofRun: run)
            for block in blocks {
                Kernels.table.normalize_sums(x.row(first * area, block: block), dy.row(first * area, block: block), pass.images(inBlock: block),
                                             &normalization, pass.scratch)
                for index in 0..<2 * own.count {
                    let sum = Double(pass.scratch[index])
                    sums[run, 2 * first + index] = block == blocks.lowerBound ? sum : sums[run, 2 * first + index] + sum
                }
            }
        }
    }
}

/// Of some numbers: how many they are, their mean, and the sum of their squared deviations from it.
private struct Moments: BitwiseCopyable {
    let count: Double, mean: Double, squares: Double

    /// Those of these numbers and others together.
    func joined(with other: Moments) -> Moments {
        let both = count + other.count, delta = other.mean - mean
        return Moments(count: both, mean: mean + delta * other.count / both,
                       squares: squares + other.squares + delta * delta * count * other.count / both)
    }
}

extension PartialSums {
    /// The moments of a channel in rows [channel][3].
    fileprivate func moments(_ row: Int, _ channel: Int) -> Moments {
        Moments(count: self[row, 3 * channel], mean: self[row, 3 * channel + 1], squares: self[row, 3 * channel + 2])
    }

    fileprivate func set(_ row: Int, _ channel: Int, _ moments: Moments) {
        (self[row, 3 * channel], self[row, 3 * channel + 1], self[row, 3 * channel + 2]) = (moments.count, moments.mean, moments.squares)
    }
}

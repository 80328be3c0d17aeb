import CKernels
import Tensors

/// Normalises groups of channels of each image: `GroupNorm`, `InstanceNorm2d` (a group a channel) and `LayerNorm` (channels of one number; all
/// groups share weight and bias). Mean and variance are an image's own; only the gradients of weight and bias are sums over the batch.
final class GroupNormOperation: Operation {
    let parameters: [Parameter]
    let partition = Partition.blocks
    var activation = Activation.identity

    /// Groups, channels of a group, numbers of a channel.
    private let groups: Int, channels: Int, area: Int, isShared: Bool, epsilon: Double
    private let weight: Parameter?, bias: Parameter?
    /// In training, each block's statistics [groups][2][16], and of each run the sums for weight and bias [weights][2].
    private var statistics: FloatBuffer?, sums: PartialSums?

    init(groups: Int, channels: Int, area: Int, isShared: Bool, _ epsilon: Double, _ affine: Affine, _ described: [ParameterDescription]) {
        (self.groups, self.channels, self.area, self.isShared, self.epsilon) = (groups, channels, area, isShared, epsilon)
        parameters = described.map(Parameter.init)
        (weight, bias) = affine.taken(from: parameters)
    }

    func takes(_ activation: Activation) -> Bool { true }

    private var features: Int { groups * groupSize }
    private var groupSize: Int { channels * area }
    private var weights: Int { isShared ? channels : groups * channels }
    private var statisticsSize: Int { 2 * groups * Lanes.count }

    /// A block's statistics, then its sums.
    func scratchCount(blocks: Int) -> Int { statisticsSize + 2 * weights }

    func prepareToTrain(blocks: Int, members: Int) {
        statistics = FloatBuffer(count: blocks * statisticsSize)
        sums = weight == nil ? nil : PartialSums(rows: RunTree.runs(blocks: blocks), count: 2 * weights)
    }

    /// This thread's groups: sums of weights that all share are made by one thread.
    private func ownGroups(_ pass: Pass) -> Range<Int> {
        isShared ? (pass.leadsRuns ? 0..<groups : 0..<0) : pass.part(of: groups)
    }

    /// The kernels' view of some groups.
    private func normalization(of own: Range<Int>) -> aek_group_normalization {
        let first = isShared ? 0 : own.lowerBound * channels
        func pointer(_ parameter: Parameter?) -> UnsafePointer<Float>? { parameter.map { UnsafePointer($0.values.baseAddress! + first) } }
        return aek_group_normalization(groups: own.count, channels: channels, area: area, weight: pointer(weight), bias: pointer(bias),
                                       epsilon: Float(epsilon), shared: isShared ? 1 : 0, activation: activation.kernel)
    }

    private func blockStatistics(_ own: Range<Int>, _ block: Int) -> UnsafeMutablePointer<Float> {
        guard let statistics else { preconditionFailure("training without prepareToTrain") }
        return statistics.pointer + block * statisticsSize + own.lowerBound * 2 * Lanes.count
    }

    func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let own = ownGroups(pass), first = own.lowerBound * groupSize
        var normalization = normalization(of: own)
        for block in pass.ownBlocks {
            let statistics = pass.training ? blockStatistics(own, block) : pass.scratch
            Kernels.table.group_moments(x.row(first, block: block), &normalization, statistics)
            Kernels.table.group_normalize(x.row(first, block: block), y.row(first, block: block), &normalization, statistics)
        }
    }

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        forwardInBlock(image: x, y, inputs: features, outputs: features, pass)
    }

    /// With x^ = (x - mean) s and g the gradient for x^: dx = s (g - mean(g) - x^ mean(g x^)), means over a group of one image.
    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        let own = ownGroups(pass), first = own.lowerBound * groupSize, blockSums = pass.scratch + statisticsSize
        var normalization = normalization(of: own)
        for run in pass.ownRuns {
            let blocks = pass.blocks(ofRun: run)
            for block in blocks {
                Kernels.table.group_gradient(x.row(first, block: block), dy.row(first, block: block), dx?.row(first, block: block),
                                             pass.images(inBlock: block), &normalization, blockStatistics(own, block), sums == nil ? nil : blockSums)
                add(blockSums, run, own, isFirst: block == blocks.lowerBound)
            }
        }
    }

    /// A block's sums to those of its run.
    private func add(_ blockSums: UnsafeMutablePointer<Float>, _ run: Int, _ own: Range<Int>, isFirst: Bool) {
        guard let sums else { return }
        let first = isShared ? 0 : 2 * own.lowerBound * channels, count = isShared ? (own.isEmpty ? 0 : 2 * channels) : 2 * own.count * channels
        for index in 0..<count {
            let sum = Double(blockSums[index])
            sums[run, first + index] = isFirst ? sum : sums[run, first + index] + sum
        }
    }

    func collectGradients(_ pass: Pass) {
        guard let sums else { return }
        let weightGradient = weight?.gradient, biasGradient = bias?.gradient
        for index in pass.member.rows(of: 0..<Lanes.padded(weights)).clamped(to: 0..<weights) {
            weightGradient?[index] = Float(RunTree.fold(pass.runs) { sums[$0, 2 * index] } join: { $0 + $1 })
            biasGradient?[index] = Float(RunTree.fold(pass.runs) { sums[$0, 2 * index + 1] } join: { $0 + $1 })
        }
    }
}

import Layers
import Tensors

extension Network {
    /// Runs some stages on what their first one reads. All threads call it; afterwards each may read what it wrote itself, all after a barrier.
    public func forward(_ stages: ArraySlice<Stage>, _ workspace: Workspace, _ pass: Pass) {
        // What stands in the first buffer was written block by block.
        var before = Partition.blocks, settled = -1
        for stage in stages {
            if settled != stage.input, !Self.agree(before, stage.operation.partition, pass) {
                pass.member.barrier()
                settled = stage.input
            }
            stage.operation.forward(workspace.input(of: stage), workspace.output(of: stage), pass)
            before = stage.operation.partition
        }
    }

    /// Propagates the loss's gradient from the output to all parameters. The output's gradient is in the last stage's partition. Of the network's flat
    /// gradient a thread may then read its own rows of every tensor (see `Member.rows`), and after a barrier all; but for the parameters whose step is
    /// fused, which have none (see `unfusedRanges`).
    public func backward(_ workspace: Workspace, _ pass: Pass) {
        var before = stages[stages.count - 1], settled = -1, pass = pass
        for (index, stage) in stages.enumerated().reversed() {
            let (written, read) = (before.operation.partition, stage.operation.partition)
            // Linear layers divide features alike if they are as many: a thread reads just those gradients that it wrote.
            let sameTiles = written == .features && read == .features && before.inputFeatures == stage.outputFeatures
            let own = index == stages.count - 1 || sameTiles || Self.agree(written, read, pass)
            if settled != stage.output, !own {
                pass.member.barrier()
                settled = stage.output
            }
            pass.gradientIsSettled = settled == stage.output
            let dx = index == 0 ? nil : stage.accumulates ? workspace.spareGradient(of: stage) : workspace.inputGradient(of: stage)
            stage.operation.backward(workspace.input(of: stage), workspace.output(of: stage), dy: workspace.outputGradient(of: stage), dx: dx, pass)
            if let dx, stage.accumulates { add(dx, to: workspace.inputGradient(of: stage), read, pass) }
            before = stage
        }
        pass.member.barrier()
        for stage in stages { stage.operation.collectGradients(pass) }
    }

    /// Whether a thread reads just what it wrote: its own runs, which no others share.
    private static func agree(_ written: Partition, _ read: Partition, _ pass: Pass) -> Bool {
        written == .blocks && read == .blocks && !pass.sharesRuns
    }

    /// Adds one gradient of a value that is read twice to the other.
    private func add(_ gradient: Activations, to sum: Activations, _ partition: Partition, _ pass: Pass) {
        if partition == .blocks, pass.sharesRuns { pass.member.barrier() }
        let tile = pass.tile(sum.features, pass.blocks), isTile = partition == .features
        let features = isTile ? tile.features : pass.part(of: sum.features)
        for block in isTile ? tile.blocks : pass.ownBlocks {
            let row = sum.row(features.lowerBound, block: block)
            Kernels.table.add(row, gradient.row(features.lowerBound, block: block), row, features.count)
        }
    }

    /// The ranges of the flat gradient that a backward pass leaves where `Pass.fusedStep` is there.
    public var unfusedRanges: [Range<Int>] { memory.ranges(without: stages.flatMap(\.operation.fusedParameters)) }

    /// The stages up to z, and from z to the image.
    public var encoder: ArraySlice<Stage> { stages[..<encoderStages] }
    public var decoder: ArraySlice<Stage> { stages[encoderStages...] }

    /// Stages for evaluation alone: a convolution and the batch normalisation after it, with the running statistics of now, are one.
    func joined(_ stages: ArraySlice<Stage>) -> ArraySlice<Stage> {
        stages.reduce(into: []) { joined, stage in
            if let last = joined.last, let convolution = last.operation as? ConvolutionOperation, let both = convolution.normalized(by: stage.operation) {
                joined[joined.count - 1] = Stage(operation: both, input: last.input, inputFeatures: last.inputFeatures,
                                                 output: stage.output, firstOutput: stage.firstOutput, outputFeatures: stage.outputFeatures)
            } else {
                joined.append(stage)
            }
        }
    }
}

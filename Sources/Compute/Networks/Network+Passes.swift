import Layers
import Tensors

extension Network {
    /// Runs some stages on what their first one reads. All threads call it; afterwards each may read what it wrote itself, all after a barrier.
    public func forward(_ stages: ArraySlice<Stage>, _ workspace: Workspace, _ pass: Pass) {
        // What stands in the first buffer was written block by block.
        var before = Partition.blocks
        for stage in stages {
            if before != .blocks || stage.operation.partition != .blocks { pass.member.barrier() }
            stage.operation.forward(workspace.activations(stage.input, features: stage.inputFeatures),
                                    workspace.activations(stage.output, features: stage.outputFeatures), pass)
            before = stage.operation.partition
        }
    }

    /// Propagates the loss's gradient from the output to all parameters. The output's gradient is in the last stage's partition; the network's flat
    /// gradient is whole after the next barrier, but for the parameters whose step is fused (see `unfusedRanges`).
    public func backward(_ workspace: Workspace, _ pass: Pass) {
        var before: (partition: Partition, features: Int)?
        for (index, stage) in stages.enumerated().reversed() {
            if let before, !Self.agree(before, stage) { pass.member.barrier() }
            stage.operation.backward(workspace.activations(stage.input, features: stage.inputFeatures),
                                     workspace.activations(stage.output, features: stage.outputFeatures),
                                     dy: workspace.gradient(stage.output, features: stage.outputFeatures),
                                     dx: index == 0 ? nil : workspace.gradient(stage.input, features: stage.inputFeatures), pass)
            before = (stage.operation.partition, stage.inputFeatures)
        }
        pass.member.barrier()
        for stage in stages { stage.operation.collectGradients(pass) }
    }

    /// The ranges of the flat gradient that a backward pass leaves where `Pass.fusedStep` is there.
    public var unfusedRanges: [Range<Int>] { memory.ranges(without: stages.flatMap(\.operation.fusedParameters)) }

    /// Whether a thread reads just those gradients that it wrote.
    private static func agree(_ written: (partition: Partition, features: Int), _ stage: Stage) -> Bool {
        switch (written.partition, stage.operation.partition) {
        case (.blocks, .blocks): true
        case (.features, .features): written.features == stage.outputFeatures
        default: false
        }
    }

    /// The stages up to z, and from z to the image.
    public var encoder: ArraySlice<Stage> { stages[..<encoderStages] }
    public var decoder: ArraySlice<Stage> { stages[encoderStages...] }

    /// Stages for evaluation alone: a convolution and the batch normalisation after it, with the running statistics of now, are one.
    func joined(_ stages: ArraySlice<Stage>) -> ArraySlice<Stage> {
        stages.reduce(into: []) { joined, stage in
            if let last = joined.last, let convolution = last.operation as? ConvolutionOperation, let both = convolution.normalized(by: stage.operation) {
                joined[joined.count - 1] = Stage(operation: both, input: last.input, inputFeatures: last.inputFeatures,
                                                 output: stage.output, outputFeatures: stage.outputFeatures)
            } else {
                joined.append(stage)
            }
        }
    }
}

import Layers
import Tensors

/// The memory of passes through a network: its activations and, for training, their gradients.
public final class Workspace {
    public let network: Network
    public let capacity: Int
    private let buffers: [FloatBuffer]
    private let gradients: [FloatBuffer], spare: FloatBuffer
    private let gradientStride: Int
    private let scratches: [FloatBuffer]
    private let noiseBuffer: FloatBuffer?

    /// - Parameters:
    ///   - images: the largest batch.
    ///   - members: the threads that pass through the network together.
    ///   - training: takes the memory of backward passes too, but for the optimiser's (see `ParameterMemory.prepareToTrain`).
    public init(_ network: Network, images: Int, members: Int = 1, training: Bool = false) {
        self.network = network
        capacity = images
        let blocks = Lanes.blocks(images), rows = blocks * Lanes.count
        buffers = network.bufferFeatures.map { FloatBuffer(count: $0 * rows) }
        // Gradients of neighbouring activations take turns in two buffers. A block lies at the same place for every layer, so
        // that a thread never writes where another still reads.
        let widest = network.bufferFeatures.max() ?? 0
        gradientStride = widest * Lanes.count
        gradients = training ? (0..<2).map { _ in FloatBuffer(count: widest * rows) } : []
        spare = FloatBuffer(count: training ? rows * (network.stages.filter(\.accumulates).map(\.inputFeatures).max() ?? 0) : 0)
        let scratch = network.stages.map { $0.operation.scratchCount(blocks: blocks) }.max() ?? 0
        scratches = (0..<members).map { _ in FloatBuffer(count: scratch) }
        noiseBuffer = network.gaussian.map { FloatBuffer(count: $0.stage.outputFeatures * rows) }
        if training {
            for stage in network.stages { stage.operation.prepareToTrain(blocks: blocks, members: members) }
        }
    }

    public func pass(_ member: Member, images: Int, training: Bool = false) -> Pass {
        precondition(images <= capacity, "a batch of \(images) in memory for \(capacity)")
        return Pass(member: member, images: images, training: training, scratch: scratches[member.index].pointer)
    }

    /// A pass over one image, whose features stand at the start of each buffer (see `image`). Each thread has a workspace for its scratch memory.
    func imagePass(_ member: Member) -> Pass { Pass(member: member, images: 1, training: false, scratch: scratches[0].pointer) }

    /// One image's features in a buffer, labels behind them, as `Operation.forward(image:)` has them.
    func image(_ buffer: Int) -> UnsafeMutablePointer<Float> { buffers[buffer].pointer }

    /// Writes the one-hot label of the one image.
    func setLabel(_ label: UInt16) {
        precondition(label < network.description.classes, "labels are below \(network.description.classes)")
        for (buffer, feature) in network.labelRows {
            for c in 0..<network.description.classes { image(buffer)[feature + c] = c == Int(label) ? 1 : 0 }
        }
    }

    /// The first `features` of a buffer; buffer 0 is the input.
    public func activations(_ buffer: Int, features: Int) -> Activations {
        Activations(buffers[buffer].pointer, stride: network.bufferFeatures[buffer] * Lanes.count, features: features)
    }

    public var input: Activations { activations(0, features: network.inputFeatures) }
    public var output: Activations { activations(network.lastStage.output, features: network.lastStage.outputFeatures) }
    public var latent: Activations { activations(network.latentBuffer, features: network.description.latentCount) }

    /// Noise for the latent [blocks][k][16]; nil where the network draws none.
    public var noise: Activations? {
        noiseBuffer.map { Activations($0.pointer, stride: network.gaussian!.stage.outputFeatures * Lanes.count, features: network.gaussian!.stage.outputFeatures) }
    }

    /// What a stage reads, and what it writes.
    func input(of stage: Network.Stage) -> Activations { activations(stage.input, features: stage.inputFeatures) }
    func output(of stage: Network.Stage) -> Activations { activations(stage.output, features: 0).part(stage.firstOutput, stage.outputFeatures) }

    /// The loss's gradient for a buffer's activations.
    private func gradient(_ buffer: Int) -> Activations {
        Activations(gradients[buffer % 2].pointer, stride: gradientStride, features: gradientStride / Lanes.count)
    }

    /// The loss's gradient for what a stage reads, and for what it writes.
    func inputGradient(of stage: Network.Stage) -> Activations { gradient(stage.input).part(0, stage.inputFeatures) }
    func outputGradient(of stage: Network.Stage) -> Activations { gradient(stage.output).part(stage.firstOutput, stage.outputFeatures) }

    /// Memory for a gradient that is then added to that of another stage.
    func spareGradient(of stage: Network.Stage) -> Activations {
        Activations(spare.pointer, stride: stage.inputFeatures * Lanes.count, features: stage.inputFeatures)
    }

    public var outputGradient: Activations { outputGradient(of: network.lastStage) }

    /// Writes the one-hot labels of one block wherever the network takes them; lanes past the labels are zero.
    public func setLabels(_ labels: UnsafeBufferPointer<UInt16>, block: Int) {
        precondition(labels.allSatisfy { $0 < network.description.classes }, "labels are below \(network.description.classes)")
        for (buffer, feature) in network.labelRows {
            let rows = activations(buffer, features: 0).row(feature, block: block)
            rows.update(repeating: 0, count: network.description.classes * Lanes.count)
            for (lane, label) in labels.enumerated() { rows[Int(label) * Lanes.count + lane] = 1 }
        }
    }
}

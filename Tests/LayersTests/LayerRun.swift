import CKernels
import Layers
import Tensors
import TestSupport

/// An operation with memory for one batch, driven as a network drives it. Arrays are in PyTorch's order, image by image.
final class LayerRun {
    let operation: any Operation
    /// Images of the last batch.
    private(set) var images: Int
    private let team: Team
    private let x: Activations, y: Activations, dy: Activations, dx: Activations
    private let scratches: [FloatBuffer]
    private var owners: [FloatBuffer] = []
    /// What Dropout's masks come from.
    var draws = Draws(seed: 1, step: 0)

    /// - Parameters:
    ///   - images: the largest batch.
    ///   - weights: the values of the operation's parameters, in their order; those left out stay as they are.
    init(_ operation: any Operation, images: Int, input: Int, output: Int, weights: [[Float]] = [], threads: Int) {
        (self.operation, self.images) = (operation, images)
        team = Team(size: threads)
        var owners: [FloatBuffer] = []
        let blocks = Lanes.blocks(images)
        func room(_ features: Int) -> Activations {
            owners.append(FloatBuffer(count: blocks * features * 16))
            return Activations(owners.last!.pointer, stride: features * 16, features: features)
        }
        (x, y, dy, dx) = (room(input), room(output), room(output), room(input))
        scratches = (0..<threads).map { _ in FloatBuffer(count: operation.scratchCount(blocks: blocks)) }
        self.owners = owners
        for (parameter, values) in zip(operation.parameters, weights) { _ = parameter.values.update(fromContentsOf: values) }
        ParameterMemory(operation.parameters).prepareToTrain(stateCount: 0)
        operation.prepareToTrain(blocks: blocks, members: threads)
    }

    /// The layer of a case, with its weights.
    convenience init(_ layer: any LayerDescription, input: [Int], weights: [[Float]], images: Int, activation: Activation = .identity,
                     threads: Int) throws {
        let output = try layer.outputShape(of: input), operation = layer.operation(input: input)!
        if activation != .identity { operation.activation = activation }
        self.init(operation, images: images, input: input.reduce(1, *), output: output.reduce(1, *), weights: weights, threads: threads)
    }

    /// The output. What it is written over, and the lanes past the images if `padding` says so, hold NaN before.
    func forward(_ values: [Float], training: Bool, padding: Float = 0, noise: [Float]? = nil) -> [Float] {
        images = values.count / x.features
        load(values, x, padding: padding)
        fill(y, .nan)
        let drawn = noise.map { values in
            owners.append(FloatBuffer(count: y.stride * Lanes.blocks(images)))
            let target = Activations(owners.last!.pointer, stride: y.stride, features: y.features)
            load(values, target)
            return target
        }
        run(training: training) { operation, pass in
            var pass = pass
            pass.noise = drawn
            operation.forward(self.x, self.y, pass)
        }
        return stored(y)
    }

    /// The output of one image alone.
    func forward(image values: [Float]) -> [Float] {
        let source = FloatBuffer(values), target = FloatBuffer(count: y.features)
        team.run { member in
            operation.forward(image: source.pointer, target.pointer, Pass(member: member, images: 1, training: false, scratch: scratches[member.index].pointer))
        }
        return Array(target.elements)
    }

    /// The gradient for the input after `forward`; the parameters' are `gradients` then.
    func backward(_ gradient: [Float], noise: [Float]? = nil, klScale: Float = 0) -> [Float] {
        load(gradient, dy)
        fill(dx, .nan)
        let drawn = FloatBuffer(count: y.stride * Lanes.blocks(images))
        let noiseRows = Activations(drawn.pointer, stride: y.stride, features: y.features)
        if let noise { load(noise, noiseRows) }
        run(training: true) { operation, pass in
            var pass = pass
            (pass.noise, pass.klScale) = (noiseRows, klScale)
            operation.backward(self.x, self.y, dy: self.dy, dx: self.dx, pass)
            pass.member.barrier()
            operation.collectGradients(pass)
        }
        return stored(dx)
    }

    /// Of each trained parameter, the gradient of the last `backward`.
    var gradients: [[Float]] { operation.parameters.compactMap { $0.gradient.map(Array.init) } }

    /// Whether the lanes past the images of the input's gradient are zero, as the layer before needs them.
    var gradientPaddingIsZero: Bool {
        (0..<dx.features).allSatisfy { feature in
            (images..<Lanes.blocks(images) * 16).allSatisfy { dx.row(feature, block: $0 / 16)[$0 % 16] == 0 }
        }
    }

    private func run(training: Bool, _ body: (any Operation, Pass) -> Void) {
        team.run { member in
            var pass = Pass(member: member, images: images, training: training, scratch: scratches[member.index].pointer)
            pass.draws = draws
            body(operation, pass)
        }
    }

    private func fill(_ rows: Activations, _ value: Float) { rows.pointer.update(repeating: value, count: rows.stride * Lanes.blocks(images)) }

    private func load(_ values: [Float], _ rows: Activations, padding: Float = 0) {
        fill(rows, padding)
        precondition(values.count == images * rows.features)
        for (index, value) in values.enumerated() {
            let image = index / rows.features
            rows.row(index % rows.features, block: image / 16)[image % 16] = value
        }
    }

    private func stored(_ rows: Activations) -> [Float] {
        (0..<images).flatMap { image in (0..<rows.features).map { rows.row($0, block: image / 16)[image % 16] } }
    }
}

/// The largest |a - b| over the largest |b|, at least 1.
func difference(_ a: [Float], _ b: [Double]) -> Double { largestDifference(a.doubles, b) / max(1, largest(b)) }

extension [Float] {
    /// For comparisons to the bit.
    var bits: [UInt32] { map(\.bitPattern) }
}

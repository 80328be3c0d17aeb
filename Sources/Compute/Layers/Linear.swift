import CKernels
import Tensors

/// y = x W' + b, with W [out, in] and b [out]; initially U(-1/sqrt(in), 1/sqrt(in)) both, as torch.nn.Linear.
public struct Linear: LayerDescription {
    public static let type = "Linear"
    public let inFeatures: Int
    public let outFeatures: Int

    public init(_ inFeatures: Int, _ outFeatures: Int) {
        (self.inFeatures, self.outFeatures) = (inFeatures, outFeatures)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        inFeatures = try arguments.integer("in_features")
        outFeatures = try arguments.integer("out_features")
    }

    public var arguments: [LayerArgument] { [.integer(inFeatures), .integer(outFeatures)] }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input == [inFeatures] else { throw LayerError("Linear takes [\(inFeatures)], not \(input)") }
        return [outFeatures]
    }

    public var parameters: [ParameterDescription] {
        let bound = ParameterDescription.Initial.uniform(bound: 1 / Float(inFeatures).squareRoot())
        return [
            ParameterDescription("weight", [outFeatures, inFeatures], initial: bound),
            ParameterDescription("bias", [outFeatures], initial: bound),
        ]
    }

    public func multiplyAdds(of input: [Int]) -> Int { inFeatures * outFeatures }

    public func operation(input: [Int]) -> (any Operation)? { LinearOperation([self]) }
}

/// Linear layers with the same input, computed as one whose outputs follow each other.
///
/// A thread keeps the same rows of W throughout: it reads, differentiates and updates them, so that no weight moves between cores.
/// dx is therefore a sum of one part for each range of rows.
public final class LinearOperation: Operation {
    public let parameters: [Parameter]
    public let partition = Partition.features
    public var activation = Activation.identity

    private let inFeatures: Int, outFeatures: Int
    private let weight: Parameter, bias: Parameter
    private var columns: FloatBuffer?, inputGradients: FloatBuffer?

    public init(_ layers: [Linear]) {
        inFeatures = layers[0].inFeatures
        outFeatures = layers.reduce(0) { $0 + $1.outFeatures }
        let described = Linear(inFeatures, outFeatures).parameters
        (weight, bias) = (Parameter(described[0]), Parameter(described[1]))
        var parameters: [Parameter] = [], row = 0
        for (part, layer) in layers.enumerated() {
            precondition(layer.inFeatures == inFeatures, "layers computed as one have one input")
            let described = layer.parameters
            parameters.append(Parameter(described[0], part: part, of: weight, offset: row * inFeatures))
            parameters.append(Parameter(described[1], part: part, of: bias, offset: row))
            row += layer.outFeatures
        }
        self.parameters = parameters
    }

    public func scratchCount(blocks: Int) -> Int { outFeatures * Int(AEK_COLUMNS) }

    public func prepareToTrain(blocks: Int, members: Int) {
        let tiles = (inFeatures + Int(AEK_COLUMNS) - 1) / Int(AEK_COLUMNS)
        columns = FloatBuffer(count: tiles * Int(AEK_COLUMNS) * blocks * Lanes.count)
        inputGradients = FloatBuffer(count: Pass.ways * inFeatures * blocks * Lanes.count)
    }

    public func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        for way in pass.ownWays {
            let rows = Pass.features(outFeatures, way: way)
            Kernels.table.linear_forward(weight.values.baseAddress! + rows.lowerBound * inFeatures, bias.values.baseAddress! + rows.lowerBound,
                                         x.pointer, x.stride, y.row(rows.lowerBound, block: 0), y.stride,
                                         rows.count, inFeatures, pass.blocks, activation.kernel)
        }
    }

    public func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        let rows = pass.member.share(of: outFeatures)
        Kernels.table.linear_image(weight.values.baseAddress! + rows.lowerBound * inFeatures, bias.values.baseAddress! + rows.lowerBound, x, y + rows.lowerBound,
                                   rows.count, inFeatures, activation.kernel)
    }

    public func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let columns, let inputGradients else { preconditionFailure("backward without prepareToTrain") }
        let blocks = pass.blocks, part = blocks * inFeatures * Lanes.count
        for way in pass.ownWays {
            let rows = Pass.features(outFeatures, way: way)
            differentiateActivation(y, dy, rows, blocks)
            if dx != nil {
                Kernels.table.linear_input_gradient(weight.values.baseAddress! + rows.lowerBound * inFeatures, dy.row(rows.lowerBound, block: 0), dy.stride,
                                                    inputGradients.pointer + way * part, inFeatures * Lanes.count, rows.count, inFeatures, blocks)
            }
        }
        let own = pass.ownBlocks
        Kernels.table.transpose(x.pointer, x.stride, inFeatures, blocks, own.lowerBound, own.upperBound, columns.pointer)
        pass.member.barrier()
        for way in pass.ownWays {
            if let dx { addInputGradients(dx, Pass.features(inFeatures, way: way), part, blocks) }
            differentiate(dy, Pass.features(outFeatures, way: way), pass)
        }
    }

    private func differentiateActivation(_ y: Activations, _ dy: Activations, _ rows: Range<Int>, _ blocks: Int) {
        guard activation != .identity else { return }
        for block in 0..<blocks {
            let gradient = dy.row(rows.lowerBound, block: block)
            Kernels.table.activate_gradient(y.row(rows.lowerBound, block: block), gradient, gradient, rows.count, activation.kernel)
        }
    }

    private func addInputGradients(_ dx: Activations, _ features: Range<Int>, _ part: Int, _ blocks: Int) {
        // A part without rows was not written: it holds what a batch of another size left there.
        let parts = (0..<Pass.ways).count { !Pass.features(outFeatures, way: $0).isEmpty }
        for block in 0..<blocks {
            let first = inputGradients!.pointer + (block * inFeatures + features.lowerBound) * Lanes.count
            Kernels.table.add_parts(first, parts, part, dx.row(features.lowerBound, block: block), features.count)
        }
    }

    /// The gradients for some rows, and the step of their weights where it is fused: no other thread reads them.
    private func differentiate(_ dy: Activations, _ rows: Range<Int>, _ pass: Pass) {
        guard !rows.isEmpty, let weightGradient = weight.gradient, let biasGradient = bias.gradient, let columns else { return }
        let delta = dy.row(rows.lowerBound, block: 0), at = rows.lowerBound * inFeatures
        Kernels.table.row_sums(delta, dy.stride, rows.count, 1, pass.blocks, biasGradient.baseAddress! + rows.lowerBound)
        if var step = pass.fusedStep, let mean = weight.mean, let square = weight.square {
            Kernels.table.linear_weight_step(delta, dy.stride, columns.pointer, weight.values.baseAddress! + at, mean.baseAddress! + at,
                                             square.baseAddress! + at, rows.count, inFeatures, pass.blocks, &step, pass.scratch)
        } else {
            Kernels.table.linear_weight_gradient(delta, dy.stride, columns.pointer, weightGradient.baseAddress! + at, rows.count, inFeatures, pass.blocks,
                                                 pass.scratch)
        }
    }

    public var fusedParameters: [Parameter] { [weight] }
}

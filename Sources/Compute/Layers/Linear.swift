import CKernels
import Tensors

/// y = x W' + b, with W [out, in] and b [out] unless `bias` is false; initially U(-1/sqrt(in), 1/sqrt(in)) both, as torch.nn.Linear.
public struct Linear: LayerDescription {
    public static let type = "Linear"
    public let inFeatures: Int
    public let outFeatures: Int
    public let bias: Bool

    public init(_ inFeatures: Int, _ outFeatures: Int, bias: Bool = true) {
        (self.inFeatures, self.outFeatures, self.bias) = (inFeatures, outFeatures, bias)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        inFeatures = try arguments.integer("in_features")
        outFeatures = try arguments.integer("out_features")
        bias = try arguments.boolean("bias", default: true)
    }

    public var arguments: [LayerArgument] { [.integer(inFeatures), .integer(outFeatures)] + (bias ? [] : [.boolean(false, "bias")]) }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input == [inFeatures] else { throw LayerError("Linear takes [\(inFeatures)], not \(input)") }
        return [outFeatures]
    }

    public var parameters: [ParameterDescription] {
        let bound = ParameterDescription.Initial.uniform(bound: 1 / Float(inFeatures).squareRoot())
        let weight = ParameterDescription("weight", [outFeatures, inFeatures], initial: bound)
        return bias ? [weight, ParameterDescription("bias", [outFeatures], initial: bound)] : [weight]
    }

    public func multiplyAdds(of input: [Int]) -> Int { inFeatures * outFeatures }

    public func operation(input: [Int]) -> (any Operation)? { LinearOperation(self) }
}

/// A thread keeps the same rows of W throughout: it computes their outputs, differentiates them and updates them. dx is always the sum of
/// those of two halves of the rows: one or two threads read no other rows for it either, more have some input features of a half each.
public final class LinearOperation: Operation {
    public let parameters: [Parameter]
    public let partition = Partition.features
    public var activation = Activation.identity

    private let inFeatures: Int, outFeatures: Int
    private let weight: Parameter, bias: Parameter?
    /// x, transposed (see `aek_kernels.transpose`), and the gradients for x of both parts of the rows.
    private var columns: FloatBuffer?, inputGradients: FloatBuffer?

    init(_ layer: Linear) {
        (inFeatures, outFeatures) = (layer.inFeatures, layer.outFeatures)
        parameters = layer.parameters.map(Parameter.init)
        (weight, bias) = (parameters[0], layer.bias ? parameters[1] : nil)
    }

    private static let tileColumns = Int(AEK_COLUMNS)
    private var columnTiles: Int { (inFeatures + Self.tileColumns - 1) / Self.tileColumns }
    /// The parts of the rows, each summed alone for dx; few rows are not parted.
    private var parts: Int { outFeatures < 16 ? 1 : 2 }

    public var fusedParameters: [Parameter] { [weight] }

    public func takes(_ activation: Activation) -> Bool { activation.gradientFrom == .result }

    public func prepareToTrain(blocks: Int, members: Int) {
        columns = FloatBuffer(count: columnTiles * Self.tileColumns * blocks * Lanes.count)
        inputGradients = FloatBuffer(count: parts == 1 ? 0 : parts * inFeatures * blocks * Lanes.count)
    }

    public func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let tile = pass.tile(outFeatures, pass.blocks), (rows, blocks) = (tile.features, tile.blocks)
        Kernels.table.linear_forward(weight.values.baseAddress! + rows.lowerBound * inFeatures, bias.map { $0.values.baseAddress! + rows.lowerBound },
                                     x.row(block: blocks.lowerBound), x.stride, y.row(rows.lowerBound, block: blocks.lowerBound), y.stride,
                                     rows.count, inFeatures, blocks.count, activation.kernel)
    }

    public func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        let rows = pass.member.share(of: outFeatures)
        Kernels.table.linear_image(weight.values.baseAddress! + rows.lowerBound * inFeatures, bias.map { $0.values.baseAddress! + rows.lowerBound }, x,
                                   y + rows.lowerBound, rows.count, inFeatures, activation.kernel)
    }

    public func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let columns else { preconditionFailure("backward without prepareToTrain") }
        differentiateActivation(y, dy, pass)
        let tiles = pass.member.share(of: columnTiles * pass.blocks)
        Kernels.table.transpose(x.pointer, x.stride, inFeatures, pass.blocks, tiles.lowerBound, tiles.upperBound, columns.pointer)
        if let dx {
            let isSettled = pass.gradientIsSettled && activation == .identity
            if !isSettled, parts % pass.member.count != 0 { pass.member.barrier() }
            differentiateInput(dy, dx, pass)
        }
        pass.member.barrier()
        if let dx, parts == 2 { addParts(dx, pass) }
        differentiateWeights(dy, columns, pass)
    }

    /// The gradient for x from this thread's parts of the rows: in dx, or where there are two beside it, for others may still read there.
    private func differentiateInput(_ dy: Activations, _ dx: Activations, _ pass: Pass) {
        let share = Share(of: parts, pass.member), tile = Tile(inFeatures, pass.blocks, place: share.place, of: share.sharers)
        for part in share.items {
            let first = outFeatures * part / parts, last = outFeatures * (part + 1) / parts, target = parts == 1 ? dx : inputGradient(part, pass)
            Kernels.table.linear_input_gradient(weight.values.baseAddress! + first * inFeatures + tile.features.lowerBound,
                                                dy.row(first, block: tile.blocks.lowerBound), dy.stride,
                                                target.row(tile.features.lowerBound, block: tile.blocks.lowerBound), target.stride,
                                                last - first, inFeatures, tile.features.count, tile.blocks.count)
        }
    }

    private func addParts(_ dx: Activations, _ pass: Pass) {
        let tile = pass.tile(inFeatures, pass.blocks), first = tile.features.lowerBound, (one, other) = (inputGradient(0, pass), inputGradient(1, pass))
        for block in tile.blocks {
            Kernels.table.add(one.row(first, block: block), other.row(first, block: block), dx.row(first, block: block), tile.features.count)
        }
    }

    private func inputGradient(_ part: Int, _ pass: Pass) -> Activations {
        let stride = inFeatures * Lanes.count
        return Activations(inputGradients!.pointer + part * pass.blocks * stride, stride: stride, features: inFeatures)
    }

    private func differentiateActivation(_ y: Activations, _ dy: Activations, _ pass: Pass) {
        guard activation != .identity else { return }
        let tile = pass.tile(outFeatures, pass.blocks), rows = tile.features
        for block in tile.blocks {
            let gradient = dy.row(rows.lowerBound, block: block)
            Kernels.table.activate_gradient(y.row(rows.lowerBound, block: block), gradient, gradient, rows.count, activation.kernel)
        }
    }

    /// The gradients for some rows and column tiles, and the step of the weights where it is fused: no other thread reads them.
    private func differentiateWeights(_ dy: Activations, _ columns: FloatBuffer, _ pass: Pass) {
        guard let gradient = weight.gradient else { preconditionFailure("backward without a ParameterMemory") }
        let tile = pass.tile(outFeatures, columnTiles), (rows, tiles) = (tile.features, tile.blocks), delta = dy.row(rows.lowerBound, block: 0)
        if tiles.lowerBound == 0, let biasGradient = bias?.gradient {
            Kernels.table.row_sums(delta, dy.stride, rows.count, 1, pass.blocks, pass.runs, biasGradient.baseAddress! + rows.lowerBound)
        }
        let first = tiles.lowerBound * Self.tileColumns, count = min(tiles.upperBound * Self.tileColumns, inFeatures) - first
        let at = rows.lowerBound * inFeatures + first, xt = columns.pointer + first * pass.blocks * Lanes.count
        if var step = pass.fusedStep, let mean = weight.mean, let square = weight.square {
            Kernels.table.linear_weight_step(delta, dy.stride, xt, weight.values.baseAddress! + at, mean.baseAddress! + at, square.baseAddress! + at,
                                             rows.count, inFeatures, count, pass.blocks, &step)
        } else {
            Kernels.table.linear_weight_gradient(delta, dy.stride, xt, gradient.baseAddress! + at, rows.count, inFeatures, count, pass.blocks)
        }
    }
}

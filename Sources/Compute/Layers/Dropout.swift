import CKernels
import Tensors

/// In training y = 0 with probability p, else x / (1 - p), number by number (Srivastava et al. 2014); in evaluation y = x. As torch.nn.Dropout.
///
/// Which numbers stay is a function of the seed, the step, the layer's place in the network, and the number's place in the batch (see `aek_dropout`).
public struct Dropout: LayerDescription {
    public static let type = "Dropout"
    public let probability: Double

    /// - Parameter probability: 0...1.
    public init(_ probability: Double = 0.5) { self.probability = probability }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        probability = try arguments.number("p", in: 0...1, default: 0.5)
        try arguments.skipInplace()
    }

    public var arguments: [LayerArgument] { [.number(probability, "p")] }
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { input }
    public func operation(input: [Int]) -> (any Operation)? { DropoutOperation(probability, features: input.reduce(1, *)) }
}

public final class DropoutOperation: Operation {
    public let parameters: [Parameter] = []
    public let partition = Partition.blocks
    public var activation = Activation.identity
    /// The layer's place in the network: two layers draw different numbers.
    public var place = 0

    private let probability: Double, features: Int

    init(_ probability: Double, features: Int) { (self.probability, self.features) = (probability, features) }

    public func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        if pass.training { return draw(x, y, pass) }
        let own = pass.part(of: features), first = own.lowerBound
        for block in pass.ownBlocks { y.row(first, block: block).update(from: x.row(first, block: block), count: own.count * Lanes.count) }
    }

    public func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        if pass.member.index == 0 { y.update(from: x, count: features) }
    }

    public func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        if let dx { draw(dy, dx, pass) }
    }

    /// The numbers that stay, multiplied: forward and back alike.
    private func draw(_ source: Activations, _ target: Activations, _ pass: Pass) {
        guard let draws = pass.draws else { preconditionFailure("training without Pass.draws") }
        let own = pass.part(of: features), first = own.lowerBound
        var dropout = aek_dropout(key: (UInt32(truncatingIfNeeded: draws.seed), UInt32(truncatingIfNeeded: draws.seed >> 32)),
                                  step: UInt32(truncatingIfNeeded: draws.step),
                                  place: Philox.Purpose.dropout.rawValue | UInt32(truncatingIfNeeded: place) << 8,
                                  threshold: UInt32((probability * 0x1p24).rounded()), scale: probability < 1 ? Float(1 / (1 - probability)) : 0)
        for block in pass.ownBlocks {
            Kernels.table.dropout(source.row(first, block: block), target.row(first, block: block), first, own.count, block, &dropout)
        }
    }
}

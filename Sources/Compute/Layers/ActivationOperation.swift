import CKernels
import Tensors

/// An activation that no layer before it could take over.
final class ActivationOperation: Operation {
    let parameters: [Parameter] = []
    let partition = Partition.blocks
    var activation: Activation
    private let features: Int

    init(_ activation: Activation, features: Int) { (self.activation, self.features) = (activation, features) }

    func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let own = pass.part(of: features), first = own.lowerBound
        for block in pass.ownBlocks { Kernels.table.activate(x.row(first, block: block), y.row(first, block: block), own.count, activation.kernel) }
    }

    /// Whole rows of 16 features at once, and the rest in a row of its own.
    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        let rows = pass.member.share(of: features / Lanes.count), first = rows.lowerBound * Lanes.count, left = features % Lanes.count
        Kernels.table.activate(x + first, y + first, rows.count, activation.kernel)
        guard pass.member.index == 0, left > 0 else { return }
        let row = FloatBuffer(count: Lanes.count)
        row.pointer.update(from: x + features - left, count: left)
        Kernels.table.activate(row.pointer, row.pointer, 1, activation.kernel)
        (y + features - left).update(from: row.pointer, count: left)
    }

    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let dx else { return }
        let own = pass.part(of: features), first = own.lowerBound, given = activation.gradientFrom == .argument ? x : y
        for block in pass.ownBlocks {
            Kernels.table.activate_gradient(given.row(first, block: block), dy.row(first, block: block), dx.row(first, block: block), own.count,
                                            activation.kernel)
        }
    }
}

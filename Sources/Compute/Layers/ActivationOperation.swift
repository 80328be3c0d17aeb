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

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        forwardInBlock(image: x, y, inputs: features, outputs: features, pass)
    }

    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let dx else { return }
        let own = pass.part(of: features), first = own.lowerBound
        for block in pass.ownBlocks {
            Kernels.table.activate_gradient(y.row(first, block: block), dy.row(first, block: block), dx.row(first, block: block), own.count,
                                            activation.kernel)
        }
    }
}

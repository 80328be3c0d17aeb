import Tensors

/// Brings numbers to other places: nearest upsampling, pixel shuffling, zero padding. The image is parts of `inputs` numbers each; number i of a part
/// of the result is number places[i] of the part, or zero where that is negative.
final class PlacementOperation: Operation {
    let parameters: [Parameter] = []
    let partition = Partition.blocks
    var activation = Activation.identity

    private let parts: Int, inputs: Int, outputs: Int
    private let places: ConstantTable<Int32>

    init(parts: Int, inputs: Int, places: [Int32]) {
        (self.parts, self.inputs, outputs, self.places) = (parts, inputs, places.count, ConstantTable(places))
    }

    func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        for block in pass.ownBlocks {
            for part in pass.part(of: parts) {
                Kernels.table.gather_rows(x.row(part * inputs, block: block), y.row(part * outputs, block: block), places.pointer, outputs)
            }
        }
    }

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        for part in pass.member.share(of: parts) {
            for index in 0..<outputs { y[part * outputs + index] = places.pointer[index] < 0 ? 0 : x[part * inputs + Int(places.pointer[index])] }
        }
    }

    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let dx else { return }
        for block in pass.ownBlocks {
            for part in pass.part(of: parts) {
                Kernels.table.scatter_rows(dy.row(part * outputs, block: block), dx.row(part * inputs, block: block), places.pointer, outputs, inputs)
            }
        }
    }
}

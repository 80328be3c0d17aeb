import CKernels
import Tensors

/// Bilinear interpolation of maps [channels, height, width].
final class InterpolationOperation: Operation {
    let parameters: [Parameter] = []
    let partition = Partition.blocks
    var activation = Activation.identity

    private var interpolation: aek_interpolation
    private let channels: Int, inputs: Int, outputs: Int
    private let rows: ConstantTable<aek_blend>, columns: ConstantTable<aek_blend>

    /// - Parameter rows, columns: what each row and column of the output reads.
    init(input: [Int], rows: [aek_blend], columns: [aek_blend]) {
        (channels, inputs, outputs) = (input[0], input[1] * input[2], rows.count * columns.count)
        (self.rows, self.columns) = (ConstantTable(rows), ConstantTable(columns))
        interpolation = aek_interpolation(height: Int32(input[1]), width: Int32(input[2]), out_height: Int32(rows.count),
                                          out_width: Int32(columns.count), rows: self.rows.pointer, columns: self.columns.pointer)
    }

    func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let own = pass.part(of: channels)
        for block in pass.ownBlocks {
            Kernels.table.interpolate(&interpolation, x.row(own.lowerBound * inputs, block: block), y.row(own.lowerBound * outputs, block: block),
                                      own.count)
        }
    }

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        forwardInBlock(image: x, y, inputs: channels * inputs, outputs: channels * outputs, pass)
    }

    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let dx else { return }
        let own = pass.part(of: channels)
        for block in pass.ownBlocks {
            Kernels.table.interpolate_gradient(&interpolation, dy.row(own.lowerBound * outputs, block: block),
                                               dx.row(own.lowerBound * inputs, block: block), own.count)
        }
    }
}

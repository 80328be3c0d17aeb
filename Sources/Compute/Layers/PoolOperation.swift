import CKernels
import Tensors

/// What `MaxPool2d` and `AvgPool2d` have in common: how windows lie on a map.
public struct PoolingWindows: Sendable, Equatable {
    public let kernelSize: Pair, stride: Pair, padding: Pair, dilation: Pair
    public let ceilMode: Bool

    /// - Parameter name: the layer's.
    func checked(_ name: String) throws(LayerError) -> Self {
        guard zip(padding.sides, (0..<2).map(extent)).allSatisfy({ 2 * $0 <= $1 }) else {
            throw LayerError("\(name): padding is more than half of the kernel")
        }
        return self
    }

    /// The positions from the first of a window to the last.
    func extent(_ side: Int) -> Int { dilation.sides[side] * (kernelSize.sides[side] - 1) + 1 }

    /// The windows along a side: a last one that begins on the map, or the padding before it, may end beyond it where `ceilMode` says so.
    func count(_ size: Int, _ side: Int) -> Int {
        let stride = stride.sides[side], padding = padding.sides[side], room = size + 2 * padding - extent(side)
        guard room >= 0 || ceilMode && room + stride > 0 else { return 0 }
        let count = (room + (ceilMode ? stride - 1 : 0)) / stride + 1
        return ceilMode && (count - 1) * stride >= size + padding ? count - 1 : count
    }

    func outputShape(of input: [Int], _ name: String) throws(LayerError) -> [Int] {
        guard input.count == 3 else { throw LayerError("\(name) takes [channels, height, width], not \(input)") }
        let sides = [count(input[1], 0), count(input[2], 1)]
        guard sides.allSatisfy({ $0 > 0 }) else {
            throw LayerError("\(name) with \(LayerArgument.pair(kernelSize, "kernel_size").text) leaves nothing of \(input)")
        }
        return [input[0]] + sides
    }
}

/// A pool over maps [channels, height, width], which divides its channels among threads that share a run.
final class PoolOperation: Operation {
    let parameters: [Parameter] = []
    let partition = Partition.blocks
    var activation = Activation.identity

    private var pool: aek_pool
    private let channels: Int, inputs: Int, outputs: Int, isMaximum: Bool
    private let rows: ConstantTable<aek_window>, columns: ConstantTable<aek_window>

    /// - Parameters:
    ///   - input: [channels, height, width].
    ///   - rows, columns: what each row and column of the output reads.
    init(input: [Int], rows: [aek_window], columns: [aek_window], isMaximum: Bool) {
        (channels, inputs, outputs, self.isMaximum) = (input[0], input[1] * input[2], rows.count * columns.count, isMaximum)
        (self.rows, self.columns) = (ConstantTable(rows), ConstantTable(columns))
        pool = aek_pool(height: Int32(input[1]), width: Int32(input[2]), out_height: Int32(rows.count), out_width: Int32(columns.count),
                        rows: self.rows.pointer, columns: self.columns.pointer)
    }

    func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let own = pass.part(of: channels), kernel = isMaximum ? Kernels.table.pool_max : Kernels.table.pool_average
        for block in pass.ownBlocks {
            kernel!(&pool, x.row(own.lowerBound * inputs, block: block), y.row(own.lowerBound * outputs, block: block), own.count)
        }
    }

    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        forwardInBlock(image: x, y, inputs: channels * inputs, outputs: channels * outputs, pass)
    }

    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let dx else { return }
        let own = pass.part(of: channels), input = own.lowerBound * inputs, output = own.lowerBound * outputs
        for block in pass.ownBlocks {
            if isMaximum {
                Kernels.table.pool_max_gradient(&pool, x.row(input, block: block), y.row(output, block: block), dy.row(output, block: block),
                                                dx.row(input, block: block), own.count)
            } else {
                Kernels.table.pool_average_gradient(&pool, dy.row(output, block: block), dx.row(input, block: block), own.count)
            }
        }
    }
}

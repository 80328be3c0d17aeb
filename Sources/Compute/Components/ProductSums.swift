import CKernels
import Tensors

/// Sums over rows of the products of each pair of a row's numbers, in double precision: the part of a covariance that takes the time.
///
/// Rows lie in panels of 8 numbers, and are added up block by block, so that a panel of a block and the sums of a tile stay in the first-level cache. The
/// sums depend on neither the threads nor how rows come, for blocks have one size.
final class ProductSums {
    private static let block = 256
    private static let panelWidth = Int(AEK_PANEL)

    private let width: Int, panels: Int
    private let team: Team
    /// The block that is being filled, [panels][block][8], and how many rows it has.
    private let data: UnsafeMutablePointer<Double>
    private var filled = 0
    /// [panels x 8] squared, of which the panels on and right of the diagonal are used.
    private let sums: UnsafeMutablePointer<Double>

    /// - Parameter width: the numbers of a row; the memory taken is 8 bytes for each pair of them.
    init(width: Int, threads: Int) {
        precondition(width > 0, "rows without numbers")
        self.width = width
        panels = (width + Self.panelWidth - 1) / Self.panelWidth
        team = Team(size: threads)
        data = Self.zeros(panels * Self.panelWidth * Self.block)
        sums = Self.zeros(panels * Self.panelWidth * panels * Self.panelWidth)
    }

    deinit { [data, sums].forEach { $0.deallocate() } }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 64).bindMemory(to: Double.self, capacity: count)
        memory.initialize(repeating: 0, count: count)
        return memory
    }

    /// Adds one row, whose numbers `value` gives in turn.
    @inline(__always)
    func add(_ value: (Int) -> Double) {
        for index in 0..<width { data[(index / Self.panelWidth * Self.block + filled) * Self.panelWidth + index % Self.panelWidth] = value(index) }
        filled += 1
        if filled == Self.block { flush() }
    }

    /// Adds the block's products. Rows that it lacks are zero, and add nothing.
    private func flush() {
        for panel in 0..<panels {
            (data + (panel * Self.block + filled) * Self.panelWidth).update(repeating: 0, count: (Self.block - filled) * Self.panelWidth)
        }
        team.run { member in
            // Later panels have fewer products: taken in turns, the threads' shares are alike.
            for panel in stride(from: member.index, to: panels, by: member.count) { Kernels.table.add_products(data, Self.block, panels, panel, sums) }
        }
        filled = 0
    }

    /// The symmetric matrix [width][width] of `value(i, j, sum)`, which is asked for i <= j alone.
    func matrix(_ value: (Int, Int, Double) -> Double) -> [Double] {
        if filled > 0 { flush() }
        let stride = panels * Self.panelWidth
        return [Double](unsafeUninitializedCapacity: width * width) { matrix, initialized in
            for i in 0..<width {
                for j in i..<width {
                    let value = value(i, j, sums[i * stride + j])
                    matrix[i * width + j] = value
                    matrix[j * width + i] = value
                }
            }
            initialized = width * width
        }
    }
}

import CKernels
import Tensors

/// Means and covariances of rows of features, in one pass over rows that come some at a time.
///
/// Sums are of differences from the first row, in double precision: of whole numbers, such as the bytes of pixels, they are exact (below 2^53),
/// so that the covariance depends neither on the blocks, nor on the threads, nor on the processor. Of other numbers it depends on neither threads nor
/// on how the rows came, for blocks have one size.
public final class Covariance {
    public let features: Int
    /// The rows so far.
    public private(set) var count = 0

    /// Rows of a block: a panel of it, and the sums of a tile, stay in the first-level cache.
    private static let block = 256
    private static let width = Int(AEK_PANEL)

    private let team: Team
    private let panels: Int
    /// The block that is being filled, [panels][block][width], and how many rows it has.
    private let data: UnsafeMutablePointer<Double>
    private var filled = 0
    /// Products [panels x width] squared, of which the panels on and right of the diagonal are used; sums and the first row, [panels x width].
    private let products: UnsafeMutablePointer<Double>, sums: UnsafeMutablePointer<Double>, first: UnsafeMutablePointer<Double>

    /// - Parameter features: the numbers of a row; the memory taken is 8 bytes for each pair of them.
    public init(features: Int, threads: Int = 1) {
        precondition(features > 0, "rows without features")
        self.features = features
        panels = (features + Self.width - 1) / Self.width
        team = Team(size: threads)
        let padded = panels * Self.width
        data = Self.zeros(padded * Self.block)
        products = Self.zeros(padded * padded)
        sums = Self.zeros(padded)
        first = Self.zeros(padded)
    }

    deinit { [data, products, sums, first].forEach { $0.deallocate() } }

    private static func zeros(_ count: Int) -> UnsafeMutablePointer<Double> {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * 8, alignment: 64).bindMemory(to: Double.self, capacity: count)
        memory.initialize(repeating: 0, count: count)
        return memory
    }

    /// Adds rows of whole numbers [n][features].
    public func add(_ rows: UnsafeBufferPointer<UInt8>) { add(rows) { Double($0) } }

    /// Adds rows [n][features].
    public func add(_ rows: UnsafeBufferPointer<Double>) { add(rows) { $0 } }
    public func add(_ rows: UnsafeBufferPointer<Float>) { add(rows) { Double($0) } }

    @inline(__always)
    private func add<Value>(_ values: UnsafeBufferPointer<Value>, _ double: (Value) -> Double) {
        precondition(values.count % features == 0, "rows are [n][\(features)]")
        let rows = values.count / features
        if count == 0, rows > 0 { for feature in 0..<features { first[feature] = double(values[feature]) } }
        var row = 0
        while row < rows {
            let taken = min(Self.block - filled, rows - row)
            for next in row..<row + taken {
                for feature in 0..<features {
                    let value = double(values[next * features + feature]) - first[feature]
                    data[(feature / Self.width * Self.block + filled) * Self.width + feature % Self.width] = value
                    sums[feature] += value
                }
                filled += 1
            }
            row += taken
            if filled == Self.block { flush() }
        }
        count += rows
    }

    /// Adds the block's products. Rows that it lacks are zero, and add nothing.
    private func flush() {
        for panel in 0..<panels {
            (data + (panel * Self.block + filled) * Self.width).update(repeating: 0, count: (Self.block - filled) * Self.width)
        }
        team.run { member in
            // Later panels have fewer products: taken in turns, the threads' shares are alike.
            for panel in stride(from: member.index, to: panels, by: member.count) { Kernels.table.add_products(data, Self.block, panels, panel, products) }
        }
        filled = 0
    }

    /// The means [features] of the rows so far.
    public var mean: [Double] { (0..<features).map { first[$0] + sums[$0] / Double(count) } }

    /// The covariance [features][features], its divisor `count` - 1, as numpy.cov has it. Throws `ComponentsError` for fewer than two rows.
    public func matrix() throws(ComponentsError) -> [Double] {
        guard count > 1 else { throw ComponentsError("\(count) rows have no covariance; it takes two") }
        if filled > 0 { flush() }
        let stride = panels * Self.width
        return [Double](unsafeUninitializedCapacity: features * features) { matrix, initialized in
            for i in 0..<features {
                for j in i..<features {
                    let value = (products[i * stride + j] - sums[i] * sums[j] / Double(count)) / Double(count - 1)
                    matrix[i * features + j] = value
                    matrix[j * features + i] = value
                }
            }
            initialized = features * features
        }
    }
}

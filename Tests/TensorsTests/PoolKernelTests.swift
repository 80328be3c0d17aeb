import CKernels
import Tensors
import Testing

/// Pooling, interpolation, moved rows and dropout against their naive twins.
struct PoolKernelTests {
    /// Maps, windows and channels of odd sizes: kernel, stride, padding and dilation along each axis.
    struct Shape {
        let channels: Int, sides: [Int], kernel: [Int], stride: [Int], padding: [Int], dilation: [Int]
        var outs: [Int] { (0..<2).map { (sides[$0] + 2 * padding[$0] - dilation[$0] * (kernel[$0] - 1) - 1) / stride[$0] + 1 } }
        var inputs: Int { channels * sides[0] * sides[1] }
        var outputs: Int { channels * outs[0] * outs[1] }

        func windows(_ axis: Int) -> [aek_window] {
            (0..<outs[axis]).map { out in
                var first = out * stride[axis] - padding[axis], end = first + dilation[axis] * (kernel[axis] - 1) + 1
                while first < 0 { first += dilation[axis] }
                end = min(end, sides[axis])
                return aek_window(first: Int32(first), end: Int32(end), step: Int32(dilation[axis]), divisor: Float(2 + out))
            }
        }

        /// The source features of an output feature, in order.
        func sources(_ f: Int) -> [Int] {
            let c = f / (outs[0] * outs[1]), i = f / outs[1] % outs[0], j = f % outs[1]
            return (0..<kernel[0]).flatMap { r in (0..<kernel[1]).compactMap { s in
                let y = i * stride[0] - padding[0] + r * dilation[0], x = j * stride[1] - padding[1] + s * dilation[1]
                return (0..<sides[0]).contains(y) && (0..<sides[1]).contains(x) ? (c * sides[0] + y) * sides[1] + x : nil
            } }
        }
        func divisor(_ f: Int) -> Double { Double((2 + f / outs[1] % outs[0]) * (2 + f % outs[1])) }
    }

    static let shapes = [
        Shape(channels: 1, sides: [4, 4], kernel: [2, 2], stride: [2, 2], padding: [0, 0], dilation: [1, 1]),
        Shape(channels: 3, sides: [7, 5], kernel: [3, 2], stride: [2, 1], padding: [1, 0], dilation: [1, 1]),
        Shape(channels: 2, sides: [9, 8], kernel: [2, 3], stride: [1, 3], padding: [1, 1], dilation: [2, 1]),
        Shape(channels: 5, sides: [3, 11], kernel: [3, 3], stride: [1, 2], padding: [1, 1], dilation: [1, 2]),
    ]

    private func withPool<Result>(_ shape: Shape, _ body: (inout aek_pool) -> Result) -> Result {
        shape.windows(0).withUnsafeBufferPointer { rows in
            shape.windows(1).withUnsafeBufferPointer { columns in
                var pool = aek_pool(height: Int32(shape.sides[0]), width: Int32(shape.sides[1]), out_height: Int32(shape.outs[0]),
                                    out_width: Int32(shape.outs[1]), rows: rows.baseAddress, columns: columns.baseAddress)
                return body(&pool)
            }
        }
    }

    /// Numbers in quarters, so that there are ties.
    @Test(arguments: Level.all) func maximum(_ level: Level) {
        var random = Random(22)
        for shape in Self.shapes {
            let x = Rows(blocks: 1, features: shape.inputs) { (random.unit() * 4).rounded() / 4 }, dy = Rows(blocks: 1, features: shape.outputs) { random.unit() }
            let y = Rows(blocks: 1, features: shape.outputs), dx = Rows(blocks: 1, features: shape.inputs)
            withPool(shape) { pool in
                level.table.pool_max(&pool, x.pointer, y.pointer, shape.channels)
                level.table.pool_max_gradient(&pool, x.pointer, y.pointer, dy.pointer, dx.pointer, shape.channels)
            }
            #expect(y.worst(Naive.each(1, shape.outputs) { _, f, lane in shape.sources(f).map { x[0, $0, lane] }.max()! }) == 0)
            var want = [Double](repeating: 0, count: shape.inputs * 16)
            for f in 0..<shape.outputs {
                for lane in 0..<16 {
                    let highest = shape.sources(f).map { x[0, $0, lane] }.max()!
                    want[shape.sources(f).first { x[0, $0, lane] == highest }! * 16 + lane] += dy[0, f, lane]
                }
            }
            #expect(dx.worst(want) < 1e-6)
        }
    }

    @Test(arguments: Level.all) func maximumKeepsNaN(_ level: Level) {
        let shape = Self.shapes[0], x = Rows(blocks: 1, features: 16) { .nan }, y = Rows(blocks: 1, features: 4)
        withPool(shape) { level.table.pool_max(&$0, x.pointer, y.pointer, 1) }
        #expect((0..<64).allSatisfy { y[0, $0 / 16, $0 % 16].isNaN })
    }

    @Test(arguments: Level.all) func average(_ level: Level) {
        var random = Random(23)
        for shape in Self.shapes where shape.dilation == [1, 1] {
            let x = Rows(blocks: 1, features: shape.inputs) { random.unit() }, dy = Rows(blocks: 1, features: shape.outputs) { random.unit() }
            let y = Rows(blocks: 1, features: shape.outputs), dx = Rows(blocks: 1, features: shape.inputs)
            withPool(shape) { pool in
                level.table.pool_average(&pool, x.pointer, y.pointer, shape.channels)
                level.table.pool_average_gradient(&pool, dy.pointer, dx.pointer, shape.channels)
            }
            #expect(y.worst(Naive.each(1, shape.outputs) { _, f, lane in shape.sources(f).reduce(0) { $0 + x[0, $1, lane] } / shape.divisor(f) }) < 1e-6)
            var want = [Double](repeating: 0, count: shape.inputs * 16)
            for f in 0..<shape.outputs {
                for source in shape.sources(f) { for lane in 0..<16 { want[source * 16 + lane] += dy[0, f, lane] / shape.divisor(f) } }
            }
            #expect(dx.worst(want) < 1e-6)
        }
    }

    @Test(arguments: Level.all) func interpolation(_ level: Level) {
        var random = Random(24)
        for (channels, sides, outs) in [(1, (2, 3), (4, 6)), (3, (5, 1), (3, 4)), (2, (4, 4), (1, 7))] {
            func blends(_ side: Int, _ out: Int) -> [aek_blend] {
                (0..<out).map { let first = $0 * side / out; return aek_blend(first: Int32(first), second: Int32(min(first + 1, side - 1)), weight: random.unit() / 2 + 0.5) }
            }
            let rows = blends(sides.0, outs.0), columns = blends(sides.1, outs.1), inputs = channels * sides.0 * sides.1, outputs = channels * outs.0 * outs.1
            let x = Rows(blocks: 1, features: inputs) { random.unit() }, dy = Rows(blocks: 1, features: outputs) { random.unit() }
            let y = Rows(blocks: 1, features: outputs), dx = Rows(blocks: 1, features: inputs)
            rows.withUnsafeBufferPointer { rows in columns.withUnsafeBufferPointer { columns in
                var p = aek_interpolation(height: Int32(sides.0), width: Int32(sides.1), out_height: Int32(outs.0), out_width: Int32(outs.1),
                                          rows: rows.baseAddress, columns: columns.baseAddress)
                level.table.interpolate(&p, x.pointer, y.pointer, channels)
                level.table.interpolate_gradient(&p, dy.pointer, dx.pointer, channels)
            } }
            /// The four sources of an output feature and their shares.
            func sources(_ f: Int) -> [(feature: Int, share: Double)] {
                let c = f / (outs.0 * outs.1), row = rows[f / outs.1 % outs.0], column = columns[f % outs.1]
                return [(row.first, 1 - Double(row.weight)), (row.second, Double(row.weight))].flatMap { r, down in
                    [(column.first, 1 - Double(column.weight)), (column.second, Double(column.weight))].map { s, across in
                        ((c * sides.0 + Int(r)) * sides.1 + Int(s), down * across)
                    }
                }
            }
            #expect(y.worst(Naive.each(1, outputs) { _, f, lane in sources(f).reduce(0) { $0 + $1.share * x[0, $1.feature, lane] } }) < 1e-6)
            var want = [Double](repeating: 0, count: inputs * 16)
            for f in 0..<outputs { for source in sources(f) { for lane in 0..<16 { want[source.feature * 16 + lane] += source.share * dy[0, f, lane] } } }
            #expect(dx.worst(want) < 2e-6)
        }
    }

    @Test(arguments: Level.all) func movedRows(_ level: Level) {
        var random = Random(25)
        let places: [Int32] = [3, -1, 0, 3, 2, -1, 0], sources = 5
        let x = Rows(blocks: 1, features: sources) { random.unit() }, dy = Rows(blocks: 1, features: places.count) { random.unit() }
        let y = Rows(blocks: 1, features: places.count), dx = Rows(blocks: 1, features: sources)
        level.table.gather_rows(x.pointer, y.pointer, places, places.count)
        level.table.scatter_rows(dy.pointer, dx.pointer, places, places.count, sources)
        #expect(y.worst(Naive.each(1, places.count) { places[$1] < 0 ? 0 : x[0, Int(places[$1]), $2] }) == 0)
        #expect(dx.worst(Naive.each(1, sources) { _, source, lane in
            places.indices.reduce(0) { $0 + (Int(places[$1]) == source ? dy[0, $1, lane] : 0) }
        }) < 1e-6)
    }

    /// The mask is the one of `Philox`, whichever part of a block is asked for.
    @Test(arguments: Level.all) func dropout(_ level: Level) {
        var random = Random(26)
        for (first, rows, block, share) in [(0, 9, 0, 0.25), (3, 6, 2, 0.5), (5, 1, 1, 0.0), (2, 7, 0, 1.0)] {
            let x = Rows(blocks: 1, features: rows) { random.unit() }, y = Rows(blocks: 1, features: rows)
            var dropout = aek_dropout(key: (0x9ABC_DEF0, 0x1234_5678), step: 77, place: 0x307, threshold: UInt32(share * 0x1p24), scale: 1.5)
            level.table.dropout(x.pointer, y.pointer, first, rows, block, &dropout)
            #expect(y.worst(Naive.each(1, rows) { _, f, lane in
                let counter = SIMD4<UInt32>(UInt32(block * 16 + lane), UInt32((first + f) / 4), 77, 0x307)
                let word = Philox.rounds(counter, key: [0x9ABC_DEF0, 0x1234_5678])[(first + f) % 4]
                return Double(word >> 8) * 0x1p-24 >= share ? 1.5 * x[0, f, lane] : 0
            }) < 1e-7)
        }
    }
}

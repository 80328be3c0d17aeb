import CKernels
import Tensors
import Testing

/// The matrix products against their naive twins, over shapes that leave a rest in every direction.
struct LinearKernelTests {
    struct Shape {
        let rows: Int, features: Int, blocks: Int, gap: Int
        var tolerance: Double { 2e-6 * Double(max(rows, features, blocks * 16)).squareRoot() }

        static let all: [Shape] = [1, 2, 3, 5, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 199, 1034].enumerated().flatMap { index, features in
            (features < 1000 ? Array(1...13) : [1, 7]).map { Shape(rows: $0, features: features, blocks: 1 + ($0 * 7 + index) % 9, gap: $0 % 3) }
        } + [Shape(rows: 150, features: 7, blocks: 5, gap: 1), Shape(rows: 64, features: 33, blocks: 9, gap: 0)]
    }

    @Test(arguments: Level.all) func forward(_ level: Level) {
        var random = Random(1)
        for (index, shape) in Shape.all.enumerated() {
            let x = Rows(blocks: shape.blocks, features: shape.features, gap: shape.gap) { random.unit() }
            let y = Rows(blocks: shape.blocks, features: shape.rows, gap: 2 - shape.gap)
            let w = Guarded(shape.rows * shape.features) { random.unit() }, bias = index % 4 == 3 ? nil : Guarded(shape.rows) { random.unit() }
            let activation = aek_activation.all[index % aek_activation.all.count]
            level.table.linear_forward(w.pointer, bias?.pointer, x.pointer, x.stride, y.pointer, y.stride,
                                       shape.rows, shape.features, shape.blocks, activation)
            #expect(y.worst(Naive.linearForward(w, bias, x, rows: shape.rows, activation)) < shape.tolerance, "\(shape), \(activation)")
        }
    }

    @Test(arguments: Level.all) func imageAlone(_ level: Level) {
        var random = Random(14)
        for (index, shape) in Shape.all.enumerated() {
            let inputs = Rows(blocks: 1, features: shape.features) { random.unit() }, x = Guarded(shape.features), y = Guarded(shape.rows)
            for i in 0..<shape.features { x.pointer[i] = Float(inputs[0, i, 0]) }
            let w = Guarded(shape.rows * shape.features) { random.unit() }, bias = index % 4 == 3 ? nil : Guarded(shape.rows) { random.unit() }
            let activation = aek_activation.all[index % aek_activation.all.count]
            level.table.linear_image(w.pointer, bias?.pointer, x.pointer, y.pointer, shape.rows, shape.features, activation)
            let want = Naive.linearForward(w, bias, inputs, rows: shape.rows, activation)
            #expect(y.worst((0..<shape.rows).map { want[$0 * 16] }) < shape.tolerance, "\(shape), \(activation)")
        }
    }

    @Test(arguments: Level.all) func inputGradient(_ level: Level) {
        var random = Random(2)
        for shape in Shape.all {
            let dy = Rows(blocks: shape.blocks, features: shape.rows, gap: shape.gap) { random.unit() }
            let dx = Rows(blocks: shape.blocks, features: shape.features, gap: 2 - shape.gap)
            let w = Guarded(shape.rows * shape.features) { random.unit() }
            // In two ranges of columns, as two threads do it.
            for columns in [0..<shape.features / 2, shape.features / 2..<shape.features] {
                level.table.linear_input_gradient(w.pointer + columns.lowerBound, dy.pointer, dy.stride, dx.pointer + columns.lowerBound * 16, dx.stride,
                                                  shape.rows, shape.features, columns.count, shape.blocks)
            }
            #expect(dx.worst(Naive.linearInputGradient(w, dy, features: shape.features)) < shape.tolerance, "\(shape)")
        }
    }

    @Test(arguments: Level.all) func transposeAndWeightGradient(_ level: Level) {
        var random = Random(3), adam = aek_adam(learningRate: 0.01, step: 3)
        for shape in Shape.all {
            let dy = Rows(blocks: shape.blocks, features: shape.rows, gap: shape.gap) { random.unit() }
            let x = Rows(blocks: shape.blocks, features: shape.features, gap: 2 - shape.gap) { random.unit() }
            let transposed = Naive.transposed(x), xt = Guarded(transposed.count)
            let tiles = (shape.features + 63) / 64, pieces = tiles * shape.blocks
            level.table.transpose(x.pointer, x.stride, shape.features, shape.blocks, pieces / 2, pieces, xt.pointer)
            level.table.transpose(x.pointer, x.stride, shape.features, shape.blocks, 0, pieces / 2, xt.pointer)
            // Past the features, only the rest of a vector is read, and must be zero.
            for index in transposed.indices where xt.pointer[index] == Guarded.blank && transposed[index] == 0 { xt.pointer[index] = 0 }
            #expect(xt.worst(transposed) == 0, "\(shape)")

            let state = AdamState(count: shape.rows * shape.features, &random)
            let sums = Naive.linearWeightGradient(dy, x), gradient = Guarded(sums.count), want = state.stepped(sums, learningRate: 0.01, step: 3)
            // In two ranges of column tiles, as two threads do it.
            for first in tiles == 1 ? [0] : [0, tiles / 2 * 64] {
                let columns = first == 0 && tiles > 1 ? tiles / 2 * 64 : shape.features - first
                level.table.linear_weight_gradient(dy.pointer, dy.stride, xt.pointer + first * shape.blocks * 16, gradient.pointer + first, shape.rows,
                                                   shape.features, columns, shape.blocks)
            }
            #expect(gradient.worst(sums) < 4 * shape.tolerance, "\(shape)")
            let expected = state.stepped(level, gradient, &adam)
            level.table.linear_weight_step(dy.pointer, dy.stride, xt.pointer, state.w.pointer, state.m.pointer, state.v.pointer,
                                           shape.rows, shape.features, shape.features, shape.blocks, &adam)
            #expect(state.worst(want) < 4 * shape.tolerance, "\(shape)")
            #expect(state.worst(expected) == 0, "\(shape)")
        }
    }

    @Test(arguments: Level.all) func rowSums(_ level: Level) {
        var random = Random(4)
        for rows in 1...13 {
            let positions = 1 + rows * 5 % 7, blocks = 1 + rows % 9
            let dy = Rows(blocks: blocks, features: rows * positions, gap: rows % 3) { random.unit() }, sums = Guarded(rows)
            level.table.row_sums(dy.pointer, dy.stride, rows, positions, blocks, rows % 2 == 0 ? 1 : blocks, sums.pointer)
            #expect(sums.worst(Naive.rowSums(dy, rows: rows)) < 1e-4, "\(rows) rows of \(positions) positions, \(blocks) blocks")
        }
    }

    /// Counts that leave a rest of every length.
    @Test(arguments: Level.all) func adam(_ level: Level) {
        var random = Random(5)
        for count in 1...50 {
            let step = 1 + count % 5, gradient = Guarded(count) { random.unit() }, state = AdamState(count: count, &random)
            let want = state.stepped(gradient.doubles, learningRate: 1e-3, step: step)
            var adam = aek_adam(learningRate: 1e-3, step: step)
            level.table.adam(state.w.pointer, state.m.pointer, state.v.pointer, gradient.pointer, count, &adam)
            #expect(state.worst(want) < 1e-6, "\(count) parameters")
        }
    }
}

/// Parameters with Adam's state, w and m from U(-1, 1), v above 0.1.
private struct AdamState {
    let w: Guarded, m: Guarded, v: Guarded

    init(count: Int, _ random: inout Random) {
        w = Guarded(count) { random.unit() }
        m = Guarded(count) { random.unit() }
        v = Guarded(count) { random.unit() + 1.1 }
    }

    /// w, m and v after one step of the naive twin.
    func stepped(_ gradient: [Double], learningRate: Double, step: Int) -> [[Double]] {
        var w = w.doubles, m = m.doubles, v = v.doubles
        for i in w.indices { Naive.adam(&w[i], &m[i], &v[i], gradient[i], rate: learningRate, step: step) }
        return [w, m, v]
    }

    /// The same of the kernel, for comparisons to the bit.
    func stepped(_ level: Level, _ gradient: Guarded, _ adam: inout aek_adam) -> [[Double]] {
        let copies = [w, m, v].map { given in
            var index = -1
            return Guarded(given.count) {
                index += 1
                return given.pointer[index]
            }
        }
        level.table.adam(copies[0].pointer, copies[1].pointer, copies[2].pointer, gradient.pointer, w.count, &adam)
        return copies.map(\.doubles)
    }

    func worst(_ want: [[Double]]) -> Double { max(w.worst(want[0]), m.worst(want[1]), v.worst(want[2])) }
}

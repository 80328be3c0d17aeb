import CKernels
import Tensors
import Testing

/// The order in which sums over a batch are made, against a naive twin that parts them as the documentation says.
struct RunTreeTests {
    /// The tree over some runs, as text: "((0 1) (2 3))".
    private func naive(_ runs: Range<Int>) -> String {
        if runs.count == 1 { return "\(runs.lowerBound)" }
        var half = 1
        while 2 * half < runs.count { half *= 2 }
        return "(\(naive(runs.lowerBound..<runs.lowerBound + half)) \(naive(runs.lowerBound + half..<runs.upperBound)))"
    }

    @Test(arguments: 1...RunTree.mostRuns) func tree(_ runs: Int) {
        // Sums as indices into the texts made so far.
        var made: [String] = []
        let whole = RunTree.fold(runs) { run in
            made.append("\(run)")
            return made.count - 1
        } join: { earlier, later in
            made.append("(\(made[earlier]) \(made[later]))")
            return made.count - 1
        }
        #expect(made[whole] == naive(0..<runs))
        #expect(made.filter { !$0.hasPrefix("(") } == (0..<runs).map(String.init))
    }

    @Test func sevenRuns() { #expect(naive(0..<7) == "(((0 1) (2 3)) ((4 5) 6))") }

    /// An aligned range of 2^k runs is added up before anything else joins it, so that a process of its own can make its sum.
    @Test(arguments: 1...RunTree.mostRuns) func alignedRangesAreSubtrees(_ runs: Int) {
        for size in [1, 2, 4, 8, 16] {
            for first in stride(from: 0, through: runs - size, by: size) { #expect(naive(0..<runs).contains(naive(first..<first + size))) }
        }
    }

    /// Runs follow each other, cover all blocks, and differ by one block at most; there are as many as blocks, up to 16.
    @Test(arguments: [1, 2, 4, 7, 15, 16, 17, 63, 100, 4096]) func runsOfBlocks(_ blocks: Int) {
        let runs = RunTree.runs(blocks: blocks), ranges = (0..<runs).map { RunTree.blocks(ofRun: $0, of: blocks) }
        #expect(runs == min(blocks, 16) && ranges.flatMap { Array($0) } == Array(0..<blocks))
        #expect(ranges.map(\.count).max()! - ranges.map(\.count).min()! <= 1)
    }

    /// The sum of floats in the order of the tree.
    private func sum(_ values: [Float]) -> Float { RunTree.fold(values.count) { values[$0] } join: { $0 + $1 } }

    // The kernels that add up runs, to the bit.

    @Test(arguments: Level.all) func addRuns(_ level: Level) {
        var random = Random(18)
        for runs in 1...16 {
            let rows = 1 + runs % 3, stride = (rows + 2) * 16
            let x = Guarded(runs * stride) { random.unit() }, y = Rows(blocks: 1, features: rows)
            level.table.add_runs(x.pointer, runs, stride, y.pointer, rows)
            #expect(y.worst((0..<rows * 16).map { i in Double(sum((0..<runs).map { x.pointer[$0 * stride + i] })) }) == 0)
        }
    }

    /// Row sums and Linear's gradient of a batch are the sums of those of each of its runs.
    @Test(arguments: Level.all) func kernelsSumRuns(_ level: Level) {
        var random = Random(19)
        for blocks in [1, 2, 3, 4, 7, 16, 17, 33] {
            let (rows, features) = (1 + blocks % 13, 70), runs = RunTree.runs(blocks: blocks)
            let dy = Rows(blocks: blocks, features: rows) { random.unit() }, x = Rows(blocks: blocks, features: features) { random.unit() }
            func measure(_ blocks: Range<Int>, runs: Int) -> (sums: [Float], gradient: [Float]) {
                let sums = Guarded(rows), gradient = Guarded(rows * features), xt = Guarded(2 * blocks.count * 16 * 64) { 0 }
                let delta = dy.pointer + blocks.lowerBound * dy.stride
                level.table.row_sums(delta, dy.stride, rows, 1, blocks.count, runs, sums.pointer)
                level.table.transpose(x.pointer + blocks.lowerBound * x.stride, x.stride, features, blocks.count, 0, 2 * blocks.count, xt.pointer)
                level.table.linear_weight_gradient(delta, dy.stride, xt.pointer, gradient.pointer, rows, features, features, blocks.count)
                return (sums.doubles.map { Float($0) }, gradient.doubles.map { Float($0) })
            }
            let whole = measure(0..<blocks, runs: runs), parts = (0..<runs).map { measure(RunTree.blocks(ofRun: $0, of: blocks), runs: 1) }
            #expect(whole.sums == (0..<rows).map { row in sum(parts.map { $0.sums[row] }) }, "\(blocks) blocks")
            // A run of several blocks alone is a batch with runs of its own.
            guard blocks <= 16 else { continue }
            #expect(whole.gradient == (0..<rows * features).map { index in sum(parts.map { $0.gradient[index] }) }, "\(blocks) blocks")
        }
    }
}

import CKernels

/// How a sum over a batch is made, the same on every machine and for every number of threads and processes.
///
/// The blocks of a batch are divided into runs: of n blocks min(16, n) runs, run r the blocks r n / runs ..< (r + 1) n / runs. Each run is
/// summed in order; the runs' sums are added in a binary tree, which parts n of them at the greatest power of two below n:
/// ((0 1) (2 3)) ((4 5) 6) of seven. So every aligned range of 2^k runs is a subtree: whoever has those runs can add them up alone, and the
/// whole has the same bits.
public enum RunTree {
    /// The most runs of a batch.
    public static let mostRuns = Int(AEK_RUNS)

    public static func runs(blocks: Int) -> Int { aek_runs(blocks) }

    public static func blocks(ofRun run: Int, of blocks: Int) -> Range<Int> {
        let runs = runs(blocks: blocks)
        return aek_run_start(blocks, runs, run)..<aek_run_start(blocks, runs, run + 1)
    }

    /// The sum of `runs` runs, at least one: `leaf` gives that of a run and is asked in order, `join` adds an earlier sum and a later one.
    @inlinable
    public static func fold<Sum: BitwiseCopyable>(_ runs: Int, leaf: (Int) -> Sum, join: (Sum, Sum) -> Sum) -> Sum {
        withUnsafeTemporaryAllocation(of: Sum.self, capacity: Int(AEK_WAITING) + 1) { waiting in
            var depth = 0
            for run in 0..<runs {
                var sum = leaf(run)
                for _ in 0..<aek_joins(run, runs) {
                    depth -= 1
                    sum = join(waiting[depth], sum)
                }
                waiting[depth] = sum
                depth += 1
            }
            return waiting[0]
        }
    }
}

/// Parts of sums in double precision: [rows][count], a row a run or a block.
public final class PartialSums {
    public let count: Int
    @usableFromInline let values: UnsafeMutablePointer<Double>

    /// Zeros.
    public init(rows: Int, count: Int) {
        self.count = count
        values = .allocate(capacity: max(rows * count, 1))
        values.initialize(repeating: 0, count: max(rows * count, 1))
    }

    deinit { values.deallocate() }

    @inlinable
    public subscript(_ row: Int, _ index: Int) -> Double {
        get { values[row * count + index] }
        set { values[row * count + index] = newValue }
    }
}

import Foundation
import Synchronization
import Tensors
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct TeamTests {
    /// Many short runs, each member once a run, from memory that is seen after the run.
    @Test(arguments: 1...4) func runs(_ size: Int) {
        let team = Team(size: size)
        #expect(team.size == size)
        var counts = [Int](repeating: 0, count: size)
        counts.withUnsafeMutableBufferPointer { counts in
            nonisolated(unsafe) let counts = counts
            for _ in 0..<3_000 { team.run { counts[$0.index] += $0.count } }
        }
        #expect(counts == Array(repeating: 3_000 * size, count: size))
    }

    /// What each member wrote before a barrier, the next reads after it: a ring of counters that would fall apart without.
    @Test(arguments: 1...4) func barriers(_ size: Int) {
        let team = Team(size: size), rounds = 3_000, wrong = Atomic<Int>(0)
        var values = [Int](repeating: 0, count: size)
        values.withUnsafeMutableBufferPointer { values in
            nonisolated(unsafe) let values = values
            team.run { member in
                for round in 1...rounds {
                    values[member.index] = round
                    member.barrier()
                    if values[(member.index + 1) % member.count] != round { wrong.wrappingAdd(1, ordering: .relaxed) }
                    member.barrier()
                }
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
        #expect(values == Array(repeating: rounds, count: size))
    }

    @Test(arguments: 1...4) func sharesCoverAll(_ size: Int) {
        let team = Team(size: size)
        for items in [0, 1, 2, 3, 7, 16, 1001] {
            let shares = Mutex([Range<Int>?](repeating: nil, count: size))
            team.run { member in shares.withLock { $0[member.index] = member.share(of: items) } }
            let made = shares.withLock { $0.compactMap { $0 } }
            #expect(made.flatMap { Array($0) } == Array(0..<items))
            #expect(made.map(\.count).max()! - made.map(\.count).min()! <= 1)
        }
    }

    /// Threads that have gone to sleep wake for the next run.
    @Test func wakesAfterIdling() {
        let team = Team(size: 3), sum = Atomic<Int>(0)
        for _ in 0..<20 {
            usleep(5000)
            team.run { sum.wrappingAdd($0.index + 1, ordering: .relaxed) }
        }
        #expect(sum.load(ordering: .relaxed) == 20 * 6)
    }

    /// Teams come and go, used and unused.
    @Test func endsItsThreads() {
        for round in 0..<200 {
            let team = Team(size: 4)
            if round % 2 == 0 { team.run { $0.barrier() } }
        }
    }

    @Test func alone() {
        Member.alone.barrier()
        #expect(Member.alone.share(of: 5) == 0..<5)
    }
}

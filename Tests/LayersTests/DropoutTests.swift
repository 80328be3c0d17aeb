import Layers
import Tensors
import Testing

/// What Dropout draws: no oracle has its bits, but what they are a function of, and how many stay, is known.
struct DropoutTests {
    private static let features = 37, images = 130

    private func run(_ probability: Double, place: Int = 3, threads: Int = 2) throws -> LayerRun {
        let run = try LayerRun(Dropout(probability), input: [Self.features], weights: [], images: Self.images, threads: threads)
        (run.operation as! DropoutOperation).place = place
        return run
    }

    private func ones(_ count: Int = DropoutTests.images) -> [Float] { [Float](repeating: 1, count: count * Self.features) }

    @Test(arguments: [0.1, 0.25, 0.5, 0.9]) func keepsItsShare(_ probability: Double) throws {
        let run = try run(probability), y = run.forward(ones(), training: true), kept = y.count { $0 != 0 }
        #expect(y.allSatisfy { $0 == 0 || $0 == Float(1 / (1 - probability)) })
        // Five standard deviations of a binomial distribution.
        let count = Double(y.count)
        #expect(abs(Double(kept) - count * (1 - probability)) < 5 * (count * probability * (1 - probability)).squareRoot())
        #expect(run.backward(ones()) == y)
        #expect(run.forward(ones(), training: false) == ones())
    }

    @Test func extremes() throws {
        #expect(try run(0).forward(ones(), training: true) == ones())
        #expect(try run(1).forward(ones(), training: true).allSatisfy { $0 == 0 })
    }

    /// Seed, step and place draw other numbers; threads and the batch's size do not.
    @Test func dependsOn() throws {
        func drawn(seed: UInt64 = 5, step: Int = 8, place: Int = 3, threads: Int = 2, images: Int = DropoutTests.images) throws -> [Float] {
            let run = try run(0.5, place: place, threads: threads)
            run.draws = Draws(seed: seed, step: step)
            return run.forward(ones(images), training: true)
        }
        let usual = try drawn()
        for threads in [1, 3, 16] { #expect(try drawn(threads: threads) == usual) }
        #expect(try drawn(images: 20) == Array(usual.prefix(20 * Self.features)))
        for other in [try drawn(seed: 6), try drawn(seed: 5 + 1 << 32), try drawn(step: 9), try drawn(place: 4)] {
            let same = zip(other, usual).count { $0 == $1 }
            #expect(abs(Double(same) / Double(usual.count) - 0.5) < 0.05)
        }
    }
}

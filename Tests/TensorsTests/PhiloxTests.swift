import Tensors
import Testing

struct PhiloxTests {
    /// The known answers for philox4x32-10 that come with Random123 (Salmon and others, tests/kat_vectors).
    @Test func knownAnswers() {
        #expect(Philox.rounds([0, 0, 0, 0], key: [0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
        #expect(Philox.rounds([.max, .max, .max, .max], key: [.max, .max]) == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
        // The digits of pi.
        #expect(Philox.rounds([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
                == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
    }

    /// Seed, purpose, stream and position each change the numbers; a generator keeps no state.
    @Test func positionsAndPurposes() {
        let generator = Philox(seed: 1, purpose: .noise, stream: 2)
        #expect(generator.words(7) == Philox(seed: 1, purpose: .noise, stream: 2).words(7))
        let others = [generator.words(8), generator.words(7 + 1 << 32), Philox(seed: 2, purpose: .noise, stream: 2).words(7),
                      Philox(seed: 1 << 32 | 1, purpose: .noise, stream: 2).words(7), Philox(seed: 1, purpose: .weights, stream: 2).words(7),
                      Philox(seed: 1, purpose: .noise, stream: 3).words(7)]
        #expect(Set(others + [generator.words(7)]).count == others.count + 1)
    }

    @Test func uniforms() {
        let generator = Philox(seed: 3, purpose: .weights)
        let buffer = FloatBuffer(count: 100_001)
        generator.fillUniform(buffer.elements, bound: 0.25)
        #expect(buffer.elements.allSatisfy { $0 >= -0.25 && $0 < 0.25 })
        #expect(buffer.elements.max()! > 0.2499 && buffer.elements.min()! < -0.2499)
        let (mean, variance) = moments(buffer.elements.map { Double($0) })
        // U(-b, b) has variance b^2 / 3; five standard errors of 100,001 numbers.
        #expect(abs(mean) < 0.0023 && abs(variance - 0.0625 / 3) < 0.0003)
        #expect((0..<1000).allSatisfy { block in (0..<4).allSatisfy { generator.uniforms(block)[$0] >= 0 && generator.uniforms(block)[$0] < 1 } })
    }

    @Test func normals() {
        let values = Philox(seed: 4, purpose: .noise).normals(count: 200_003).map { Double($0) }, (mean, variance) = moments(values)
        #expect(values.count == 200_003 && values.allSatisfy(\.isFinite))
        #expect(abs(mean) < 0.012 && abs(variance - 1) < 0.016)
        let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / Double(values.count)
        #expect(abs(fourth - 3) < 0.12)
        // 2.275 % lie beyond two standard deviations on each side.
        for tail in [values.count { $0 > 2 }, values.count { $0 < -2 }] { #expect(abs(Double(tail) / 200_003 - 0.02275) < 0.0017) }
        // Neighbours are not correlated.
        let products = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / Double(values.count)
        #expect(abs(products) < 0.012)
    }

    private func moments(_ values: [Double]) -> (mean: Double, variance: Double) {
        let mean = values.reduce(0, +) / Double(values.count)
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }

    @Test(arguments: [0, 1, 2, 7, 1000]) func permutation(_ count: Int) {
        let order = Philox(seed: 5, purpose: .shuffle).permutation(count)
        #expect(order.sorted() == (0..<Int32(count)).map { $0 })
        #expect(order == Philox(seed: 5, purpose: .shuffle).permutation(count))
        if count == 1000 { #expect(order != Philox(seed: 5, purpose: .shuffle, stream: 1).permutation(count)) }
    }

    /// Each of the six orders of three numbers comes up a sixth of the time: 1000 of 6000, standard deviation 29.
    @Test func permutationIsUniform() {
        var counts: [[Int32]: Int] = [:]
        for seed in 0..<6000 { counts[Philox(seed: UInt64(seed), purpose: .shuffle).permutation(3), default: 0] += 1 }
        #expect(counts.count == 6 && counts.values.allSatisfy { abs($0 - 1000) < 150 })
    }
}

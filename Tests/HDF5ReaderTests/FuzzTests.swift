import Foundation
import HDF5Library
import HDF5Reader
import TestSupport
import Testing

extension HDF5ReaderTests {
    /// That no bytes make the verifier crash, and that libhdf5 sees an admitted file as it does.
    struct FuzzTests {
        @Test func mutationsNeitherCrashNorDisagree() throws {
            let scratch = try Scratch(), path = scratch.path("mutant.h5")
            try writeVariety(path)
            let seeds = try [contents(path), Forge.file(Forge.dataset([4], at: 48) + [Forge.attribute("a")])]
            var random = Generator(state: 1), admitted = 0, compared = 0
            for round in 0..<(isFast ? 100_000 : 3_000) {
                let seed = seeds[round % 4 == 0 ? 0 : 1], structures = try VerifiedFile(seed, named: "").structures
                var bytes = seed
                for _ in 0...Int.random(in: 0..<4, using: &random) { mutate(&bytes, near: structures, &random) }
                if round % 8 < 6 { repairChecksums(&bytes, structures) }
                guard let file = try? VerifiedFile(bytes, named: "mutant.h5") else { continue }
                admitted += 1
                if compared < 2_000, bytes != seed {
                    compared += 1
                    try save(bytes, path)
                    try expectSame(file, path)
                }
            }
            #expect(admitted > 100 && compared > 10)
        }

        /// Changes some bytes, most of them in structures.
        private func mutate(_ bytes: inout [UInt8], near structures: [Range<Int>], _ random: inout Generator) {
            guard let structure = structures.randomElement(using: &random), let last = bytes.indices.last else { return }
            let position = min(Int.random(in: structure, using: &random), last)
            switch Int.random(in: 0..<8, using: &random) {
            case 0...2: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            case 3: bytes[position] = .random(in: 0...255, using: &random)
            case 4, 5:
                let values: [Int] = [0, 1, -1, .max, .min, bytes.count, bytes.count - 1, position, 48, 65_535, 1 << 31]
                let count = [1, 2, 4, 8].randomElement(using: &random) ?? 1
                let value = Forge.little(values.randomElement(using: &random) ?? 0, count)
                bytes.replaceSubrange(position..<min(position + count, bytes.count), with: value.prefix(bytes.count - position))
            case 6:
                let from = Int.random(in: bytes.indices, using: &random)
                let count = min(Int.random(in: 1...40, using: &random), bytes.count - max(from, position))
                bytes.replaceSubrange(position..<position + count, with: Array(bytes[from..<from + count]))
            default:
                if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
            }
        }

        /// Compares what libhdf5 finds in a file with what the verifier found.
        private func expectSame(_ verified: VerifiedFile, _ path: String) throws {
            let file = try File(reading: path)
            #expect(try file.root.objects().map { "/\($0.path)" } == verified.objects.dropFirst().map(\.path))
            for object in verified.objects where object.dataset != nil {
                let dataset = try file.root.dataset(String(object.path.dropFirst()))
                #expect(dataset.shape == object.dataset?.shape && dataset.byteCount == object.dataset?.extent.count)
                #expect(dataset.fileOffset ?? 0 == object.dataset?.extent.lowerBound)
                #expect(try dataset.attributeNames() == object.attributes.map(\.name))
            }
        }
    }
}

/// Random numbers that are the same in each run: splitmix64 (Steele, Lea and Flood, 2014).
private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word >> 31
    }
}

import Images
import TestSupport
import Testing

@Suite struct SyntheticDigitsTests {
    private let digits = SyntheticDigits()

    @Test func dependOnSeedSplitAndIndexAlone() {
        let many = digits.load(.train, limit: 40), few = digits.load(.train, limit: 10)
        #expect(few.pixels == Array(many.pixels.prefix(10 * 1024)))
        #expect(few.labels == many.labels.map { Array($0.prefix(10)) })
        #expect(digits.load(.test, limit: 10).pixels != few.pixels)
        #expect(SyntheticDigits(seed: 1).load(.train, limit: 10).pixels != few.pixels)
        #expect(SyntheticDigits.count(of: .train) == 60_000 && SyntheticDigits.count(of: .test) == 10_000)
    }

    /// The same bits on every machine and in every version: runs that repeat rest on it.
    @Test func stayAsTheyAre() {
        let set = digits.load(.test, limit: 100)
        let sum = (set.pixels + set.labels!.map { UInt8($0) }).reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        #expect(String(sum, radix: 16) == "2dc62c7199520038", "FNV-1a of the first hundred test digits and their labels")
    }

    /// Every digit as often as the others, white on black, as much ink as MNIST's (mean 0.1325), inside the image, centred by mass.
    @Test func areLikeMNIST() {
        let set = digits.load(.test, limit: 500)
        for digit in UInt8(0)...9 {
            #expect(30...75 ~= set.labels!.count { $0 == digit })
        }
        let mean = set.pixels.reduce(0.0) { $0 + Double($1) } / Double(set.pixels.count) / 255
        #expect(0.10...0.16 ~= mean)
        for image in 0..<set.count {
            var (mass, massX, massY) = (0.0, 0.0, 0.0)
            for place in 0..<1024 {
                let value = Double(set.pixels[image * 1024 + place]), (row, column) = place.quotientAndRemainder(dividingBy: 32)
                if min(row, column) == 0 || max(row, column) == 31 { #expect(value == 0) }
                mass += value
                massX += value * (Double(column) + 0.5)
                massY += value * (Double(row) + 0.5)
            }
            #expect(14...18 ~= massX / mass && 14...18 ~= massY / mass)
        }
    }

    /// PyTorch's reader of some of the digits reads others; Tests/Fixtures/synthetic_reader.py has the whole measurement.
    @Test func canBeRead() throws {
        let folder = try Folder()
        for (split, count) in [(Split.train, 1500), (.test, 300)] {
            let set = digits.load(split, limit: count)
            try folder.write(set.pixels, to: "\(split).images")
            try folder.write(set.labels!.map { UInt8($0) }, to: "\(split).labels")
        }
        let script = Python.root.appendingPathComponent("Tests/Fixtures/synthetic_reader.py").path
        let said = try Python.run("import runpy, sys; sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])", [script, folder.path])
        let percent = said.split(separator: ": ").last?.split(separator: " ").first.flatMap { Double($0) }
        #expect(try #require(percent) > 85, "\(said)")
    }
}

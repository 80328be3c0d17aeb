import Foundation
import ModelFiles
import TestSupport
import Testing

/// That validation notices any damage: a sample of what Tools/flips.sh does to every bit.
@Suite struct FlipTests {
    @Test func flippedBitsAndTruncationsAreNoticed() throws {
        let whole = Array(try Data(contentsOf: URL(fileURLWithPath: ReleasedFilesTests.path("conv-1"))))
        var bytes = whole, missed: [Int] = []
        for position in stride(from: 0, to: whole.count, by: 61) {
            bytes[position] ^= 1 << UInt8(position % 8)
            if try Validation(bytes).isValid { missed.append(position) }
            bytes[position] = whole[position]
            if try Validation(Array(whole[..<position])).isValid { missed.append(position) }
        }
        #expect(missed == [])
        #expect(try Validation(bytes).isValid)
    }
}

import Dispatch
import Foundation
import HDF5Reader
import ModelFiles
import SystemFiles
import Synchronization
import TestSupport
import Testing

extension HDF5ReaderTests {
    /// That no damage goes unnoticed.
    struct DamageTests {
        let scratch: Scratch
        let path: String, bytes: [UInt8]

        init() throws {
            scratch = try Scratch()
            path = scratch.path("simple-1.h5")
            try writeCheckpoint(path, .simple)
            bytes = try contents(path)
        }

        @Test func theWholeFileIsIntact() throws {
            #expect(bytes.count < 80 << 10)
            let datasets = try VerifiedFile(bytes, named: "").objects.indices
            #expect(datasets.allSatisfy { Self.isIntact(bytes, object: $0) })
        }

        /// Flips each bit of the structures, and one of each byte of the datasets.
        @Test func everyFlippedBitIsNoticed() throws {
            let file = try VerifiedFile(bytes, named: "")
            // The dataset that a byte belongs to: the digests of all others are as they were.
            var objects = [Int?](repeating: nil, count: bytes.count)
            for (index, object) in file.objects.enumerated() { object.dataset?.extent.forEach { objects[$0] = index } }
            let missed = Mutex<[Int]>([]), workers = 2, step = (isFast ? 1 : 499) * workers
            DispatchQueue.concurrentPerform(iterations: workers) { [bytes, objects] worker in
                var copy = bytes
                for position in stride(from: worker, to: bytes.count, by: step) {
                    for bit in objects[position] == nil ? 0..<8 : position % 8..<position % 8 + 1 {
                        copy[position] ^= 1 << UInt8(bit)
                        if Self.isIntact(copy, object: objects[position]) { missed.withLock { $0.append(position) } }
                        copy[position] ^= 1 << UInt8(bit)
                    }
                }
            }
            #expect(missed.withLock { $0 } == [])
        }

        @Test func everyTruncationIsNoticed() throws {
            for length in stride(from: 0, to: bytes.count, by: isFast ? 1 : 61) {
                let rule = try problems(Array(bytes[..<length])).first?.rule
                #expect(rule == (length < 8 ? .signature : .truncated))
            }
            #expect(try problems(bytes + [0]).first?.rule == .trailingBytes)
        }

        @Test func aChangedAttributeBreaksTheSeal() throws {
            let file = try VerifiedFile(bytes, named: ""), start = try #require(bytes.firstRange(of: Array("kl_weight".utf8))?.upperBound)
            var copy = bytes
            // The name's end, the type and the shape stand before the number.
            copy[start + 1 + 20 + 4] ^= 1
            repairChecksums(&copy, file.structures)
            #expect(try problems(copy) == [])
            try save(copy, path)
            let error = #expect(throws: (any Error).self) { _ = try StoredFile(path) }
            #expect(error.map { "\($0)" } == "\(path): is damaged: its metadata do not match its seal")
        }

        /// Whether the file is admitted, its seal is right, and so is the digest of the object of that number, if it is a dataset.
        private static func isIntact(_ bytes: [UInt8], object: Int?) -> Bool {
            guard let file = try? VerifiedFile(bytes, named: ""), let seal: [UInt8] = try? file.numbers("/seal"),
                let digest = try? file.metadataDigest(without: "/seal"), seal == digest
            else { return false }
            guard let object = object.map({ file.objects[$0] }), object.path != "/seal", let extent = object.dataset?.extent else { return true }
            return object.attribute("sha256")?.numbers() == SHA256.digest(Array(bytes[extent]))
        }
    }
}

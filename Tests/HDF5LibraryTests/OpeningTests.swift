import Foundation
import HDF5Library
import HDF5Types
import SystemFiles
import TestSupport
import Testing

extension HDF5LibraryTests {
    struct OpeningTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        @Test func reportsWhatTheSystemRefuses() {
            let missing = scratch.path("missing.h5"), folder = scratch.url.path
            #expect(throws: SystemError(path: missing, what: "cannot open", errno: ENOENT)) { _ = try File(reading: missing) }
            #expect(throws: SystemError(path: folder, what: "cannot read", errno: EISDIR)) { _ = try File(reading: folder) }
            let device = HDF5Error(file: "/dev/null", object: "/", reason: "is no regular file, as HDF5 needs")
            #expect(throws: device) { _ = try File(reading: "/dev/null") }
        }

        @Test(arguments: [0, 4, 4096]) func refusesOtherFiles(size: Int) throws {
            let path = scratch.path("other.h5")
            try Data(repeating: 65, count: size).write(to: URL(fileURLWithPath: path))
            let error = #expect(throws: HDF5Error.self) { _ = try File(reading: path) }
            #expect(error?.description == "\(path): is not an HDF5 file")
        }

        @Test func refusesTruncatedFilesAtEveryLength() throws {
            let path = scratch.path("sample.h5"), cut = scratch.path("cut.h5")
            try writeSample(path)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for length in stride(from: 0, to: bytes.count, by: 97) {
                try bytes.prefix(length).write(to: URL(fileURLWithPath: cut))
                let error = #expect(throws: HDF5Error.self) { _ = try File(reading: cut) }
                #expect(error?.description.hasPrefix("\(cut): ") == true && error?.description.contains("\n") == false)
            }
            let error = #expect(throws: HDF5Error.self) { _ = try File(reading: cut) }
            #expect(error?.description.contains("truncated file") == true && error?.call == "H5Fopen")
        }

        @Test func survivesEveryDamagedByte() throws {
            let path = scratch.path("sample.h5"), damaged = scratch.path("damaged.h5")
            try writeSample(path)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for position in stride(from: 0, to: bytes.count, by: 13) {
                var copy = bytes
                copy[position] ^= 0x55
                try copy.write(to: URL(fileURLWithPath: damaged))
                // Either an error of ours or what is there: never a crash.
                do {
                    let root = try File(reading: damaged).root
                    _ = try root.attributeNames()
                    for entry in try root.objects() where entry.kind == .dataset { _ = try root.dataset(entry.path).count }
                } catch let error as HDF5Error {
                    #expect(!error.description.contains("\n"))
                }
            }
        }

        @Test func closedFilesGiveErrors() throws {
            let path = scratch.path("sample.h5")
            try writeSample(path)
            let file = try File(reading: path)
            let dataset = try file.root.dataset("rows")
            try file.close()
            #expect(throws: HDF5Error.self) { _ = try file.root.names() }
            #expect(throws: HDF5Error.self) { _ = try dataset.read(as: Float.self) }
        }

        @Test func nothingIsLeftOpen() throws {
            let path = scratch.path("sample.h5")
            try writeSample(path)
            let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            for _ in 0..<20 { _ = try File(reading: path).root.dataset("rows").read(as: Float.self) }
            #expect(try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count == before)
        }
    }
}

import Foundation
import SystemFiles
import Testing
import TestSupport
import Texts

struct FileBytesTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test(arguments: [0, 1, 4095, 4096, 4097, 200_000]) func readsFilesAndPipesWhole(size: Int) throws {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let path = scratch.path("file"), fifo = scratch.path("pipe")
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(try FileBytes.read(path, limit: size) == bytes)
        #expect(mkfifo(fifo, 0o600) == 0)
        let writer = Thread { try? Data(bytes).write(to: URL(fileURLWithPath: fifo)) }
        writer.start()
        #expect(try FileBytes.read(fifo, limit: size) == bytes)
    }

    @Test func readsFilesThatHideTheirSize() throws {
        #expect(try FileBytes.read("/proc/version", limit: 1 << 20) == Array(Data(contentsOf: URL(fileURLWithPath: "/proc/version"))))
    }

    @Test func refusesWhatIsTooLargeMissingOrAFolder() throws {
        let path = scratch.path("file"), missing = scratch.path("missing"), endless = "/dev/zero"
        try Data(count: 11).write(to: URL(fileURLWithPath: path))
        #expect(throws: SystemError(path: path, what: "is larger than 10 bytes", errno: EFBIG)) { try FileBytes.read(path, limit: 10) }
        #expect(throws: SystemError(path: endless, what: "is larger than 9999 bytes", errno: EFBIG)) { try FileBytes.read(endless, limit: 9999) }
        #expect(throws: SystemError(path: "/", what: "cannot read", errno: EISDIR)) { try FileBytes.read("/", limit: 10) }
        // No memory is taken for what is too large: this one has a size of a tebibyte, and no bytes on the disk.
        #expect(truncate(path, 1 << 40) == 0)
        #expect(throws: SystemError(path: path, what: "is larger than 10 bytes", errno: EFBIG)) { try FileBytes.read(path, limit: 10) }
        let error = #expect(throws: SystemError.self) { try FileBytes.read(missing, limit: 10) }
        #expect(error?.description == "\(missing): cannot open: No such file or directory")
    }

    @Test func namesStayOnTheirLine() {
        #expect("a\u{1B}[31m\nb\u{202E}é".printable == "a\\u{1B}[31m\\nb\\u{202E}é")
        #expect("plain é".printable == "plain é")
    }
}

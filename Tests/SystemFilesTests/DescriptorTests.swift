import Foundation
import SystemFiles
import TestSupport
import Testing

struct DescriptorTests {
    @Test func readsAndWritesAnywhere() throws {
        let scratch = try Scratch(), path = scratch.path("file")
        try Data("0123456789".utf8).write(to: URL(fileURLWithPath: path))
        let file = try Descriptor(opening: path, O_RDWR)
        try file.write(Array("abc".utf8), at: 4)
        try file.write([], at: 100)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "0123abc789")
        var bytes = [UInt8](repeating: 0, count: 5)
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 3) } == 5 && bytes == Array("3abc7".utf8))
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 8) } == 2 && bytes == Array("89bc7".utf8))
        #expect(try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 10) } == 0)
        let unwritable = try Descriptor(opening: path, O_RDONLY, named: "name")
        #expect(throws: SystemError(path: "name", what: "cannot write", errno: EBADF)) { try unwritable.write([1], at: 0) }
    }

    @Test func tellsOfFailures() throws {
        let folder = try Descriptor(opening: "/", O_RDONLY), failure = SystemError(path: "/", what: "cannot read", errno: EISDIR)
        var bytes = [UInt8](repeating: 0, count: 5)
        #expect(throws: failure) { try bytes.withUnsafeMutableBytes { try folder.read(into: $0) } }
        #expect(throws: failure) { try bytes.withUnsafeMutableBytes { try folder.read(into: $0, at: 0) } }
        #expect(throws: SystemError(path: "stream", what: "cannot open", errno: EBADF)) { try Descriptor(duplicating: 1 << 20, named: "stream") }
        #expect(throws: SystemError(path: "/no/program", what: "cannot run", errno: ENOENT)) { try Subprocess.run("/no/program", ["program"]) }
        #expect(throws: SystemError(path: "/no/program", what: "cannot run", errno: ENOENT)) { try PipedProcess("/no/program", ["program"], file: folder) }
        #expect(FileIdentity("/no/program") == nil)
    }

    /// Messages are taken whole, or not at all.
    @Test func readsMessages() throws {
        let scratch = try Scratch(), path = scratch.path("messages"), sent = [[1, 2, 3], [], [UInt8](repeating: 7, count: 100_000)]
        let writer = try Descriptor(opening: path, O_WRONLY | O_CREAT)
        for message in sent { try writer.write(message: message) }
        try withUnsafeBytes(of: UInt64.max) { try writer.write($0) }
        let reader = try Descriptor(opening: path, O_RDONLY)
        for message in sent { #expect(try reader.readMessage(limit: 100_000) == message) }
        #expect(try reader.readMessage(limit: .max) == nil)
        #expect(try Descriptor(opening: path, O_RDONLY).readMessage(limit: 2) == nil)
        try writer.write([5], at: 0)
        #expect(truncate(path, 12) == 0)
        #expect(try Descriptor(opening: path, O_RDONLY).readMessage(limit: 100) == nil)
    }

    /// A program that answers whatever it is asked, and one that has ended.
    @Test func asksAProgram() throws {
        signal(SIGPIPE, SIG_IGN)
        let file = try Descriptor(opening: "/", O_RDONLY), echo = try PipedProcess("/bin/cat", ["cat"], file: file)
        for message in [[1, 2, 3], [UInt8](repeating: 9, count: 1000)] { #expect(try echo.answer(to: message, limit: 1000) == message) }
        #expect(try echo.end() == 0)
        #expect(try echo.answer(to: [1], limit: 1000) == nil)
        let failed = try PipedProcess("/bin/sh", ["sh", "-c", "kill -11 $$"], file: file)
        #expect(try failed.answer(to: [1], limit: 1000) == nil)
        #expect(try failed.end() == 128 + 11)
    }
}

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
}

import Foundation
import SystemFiles
import TestSupport
import Testing

struct AtomicFileTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    struct Stop: Error {}

    @Test func replacesWholeAndKeepsPermissions() throws {
        let path = scratch.path("out")
        try AtomicFile.write("old, and longer", to: path)
        #expect(chmod(path, 0o640) == 0)
        try AtomicFile.write("new", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o640)
        #expect(try scratch.names() == ["out"])
    }

    @Test func replacesAReadOnlyFile() throws {
        let path = scratch.path("out")
        try AtomicFile.write("old", to: path)
        #expect(chmod(path, 0o444) == 0)
        try AtomicFile.write("new", to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
    }

    @Test func failureLeavesTheOldFileAndNothingElse() throws {
        let path = scratch.path("out")
        try AtomicFile.write("old", to: path)
        #expect(throws: Stop.self) {
            try AtomicFile.replace(path) { temporary in
                try "half".write(toFile: temporary, atomically: false, encoding: .utf8)
                #expect(try scratch.names().count == 2)
                throw Stop()
            }
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        #expect(try scratch.names() == ["out"])
    }

    @Test func givesWhatTheBodyGives() throws {
        #expect(try AtomicFile.replace(scratch.path("out")) { _ in 7 } == 7)
    }

    @Test func followsLinks() throws {
        try AtomicFile.write("old", to: scratch.path("real"))
        try FileManager.default.createSymbolicLink(atPath: scratch.path("link"), withDestinationPath: "real")
        try FileManager.default.createSymbolicLink(atPath: scratch.path("dangling"), withDestinationPath: scratch.path("made"))
        try AtomicFile.write("new", to: scratch.path("link"))
        try AtomicFile.write("first", to: scratch.path("dangling"))
        #expect(try String(contentsOfFile: scratch.path("real"), encoding: .utf8) == "new")
        #expect(try String(contentsOfFile: scratch.path("made"), encoding: .utf8) == "first")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: scratch.path("link")) == "real")
        let ring = scratch.path("ring")
        try FileManager.default.createSymbolicLink(atPath: ring, withDestinationPath: "ring")
        #expect(throws: SystemError(path: ring, what: "cannot open", errno: ELOOP)) { try AtomicFile.write("", to: ring) }
    }

    @Test func refusesFoldersAndMissingOnes() throws {
        let folder = scratch.url.path, missing = scratch.path("missing/out"), slash = scratch.path("new") + "/"
        #expect(throws: SystemError(path: folder, what: "cannot create", errno: EISDIR)) { try AtomicFile.write("", to: folder) }
        #expect(throws: SystemError(path: slash, what: "cannot create", errno: EISDIR)) { try AtomicFile.write("", to: slash) }
        #expect(throws: SystemError(path: missing, what: "cannot create", errno: ENOENT)) { try AtomicFile.write("", to: missing) }
    }

    @Test(.enabled(if: getuid() != 0, "root may write anywhere")) func refusesAReadOnlyFolder() throws {
        let path = scratch.path("out")
        try AtomicFile.write("old", to: path)
        #expect(chmod(scratch.url.path, 0o555) == 0)
        defer { chmod(scratch.url.path, 0o755) }
        #expect(throws: SystemError(path: path, what: "cannot create", errno: EACCES)) { try AtomicFile.write("new", to: path) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
    }

    @Test func refusesAFolderWhereNothingIsMade() {
        // Nobody, root included, may create a file there.
        #expect(throws: SystemError.self) { try AtomicFile.write("", to: "/proc/aekit") }
    }

    @Test func sweepsWhatDeadProcessesLeft() throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        let dead = ".out.tmp-\(process.processIdentifier)-1", alive = ".out.tmp-\(getppid())-1", other = ".other.tmp-\(process.processIdentifier)-1"
        for name in [dead, alive, other] { try AtomicFile.write("", to: scratch.path(name)) }
        try AtomicFile.write("new", to: scratch.path("out"))
        #expect(try scratch.names() == [other, alive, "out"].sorted())
    }

    @Test func writesThroughToAPipe() throws {
        let path = scratch.path("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let reader = Process(), output = Pipe()
        reader.executableURL = URL(fileURLWithPath: "/bin/cat")
        reader.arguments = [path]
        reader.standardOutput = output
        try reader.run()
        let bytes = [UInt8](repeating: 7, count: 300_000)
        // The reader's output waits in a pipe of 64 KiB, so it is drained beside the writing.
        let writer = Thread { try? AtomicFile.write(bytes, to: path) }
        writer.start()
        #expect(Array(output.fileHandleForReading.readDataToEndOfFile()) == bytes)
        reader.waitUntilExit()
        #expect(try scratch.names() == ["pipe"])
    }

    @Test func reportsAFullDeviceAndAClosedPipe() throws {
        #expect(throws: SystemError(path: "/dev/full", what: "cannot write", errno: ENOSPC)) { try AtomicFile.write("new", to: "/dev/full") }
        try AtomicFile.write("new", to: "/dev/null")
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[1]) }
        close(ends[0])
        let path = "/dev/fd/\(ends[1])"
        #expect(throws: SystemError(path: path, what: "cannot write", errno: EPIPE)) { try AtomicFile.write("new", to: path) }
    }
}

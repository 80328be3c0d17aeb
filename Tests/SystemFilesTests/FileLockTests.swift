import Foundation
import SystemFiles
import TestSupport
import Testing

struct FileLockTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func oneHoldsItAtATime() throws {
        let path = scratch.path("model.h5")
        let first = try FileLock(beside: path)
        let error = #expect(throws: SystemError.self) { _ = try FileLock(beside: path) }
        #expect(error?.errno == EWOULDBLOCK)
        #expect(error?.description.hasPrefix("\(path): is in use by another process: ") == true)
        first.release()
        #expect(try scratch.names() == [])
        let second = try FileLock(beside: path)
        #expect(try scratch.names() == [".model.h5.lock"])
        second.release()
    }

    @Test func endsWithItsObject() throws {
        let path = scratch.path("model.h5")
        do { _ = try FileLock(beside: path) }
        try FileLock(beside: path).release()
    }

    @Test func outlivesAFileThatACrashLeft() throws {
        try Data().write(to: URL(fileURLWithPath: scratch.path(".model.h5.lock")))
        try FileLock(beside: scratch.path("model.h5")).release()
        #expect(try scratch.names() == [])
    }

    @Test func otherProcessesSeeIt() throws {
        let path = scratch.path("model.h5")
        let lock = try FileLock(beside: path)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/flock")
        process.arguments = ["--nonblock", "--conflict-exit-code", "75", scratch.path(".model.h5.lock"), "true"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 75)
        lock.release()
    }

    @Test func reportsAMissingFolder() {
        let path = scratch.path("missing/model.h5")
        #expect(throws: SystemError(path: path, what: "cannot create", errno: ENOENT)) { _ = try FileLock(beside: path) }
    }
}

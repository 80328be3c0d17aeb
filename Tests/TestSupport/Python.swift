import Foundation

/// Runs the oracle's Python, in the virtual environment that `Tools/test.sh` makes, and gives what it printed.
public enum Python {
    /// The package's root folder.
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The environment's interpreter, or nil where `Tools/test.sh` has not made one.
    public static let interpreter: URL? = {
        let url = root.appendingPathComponent(".build/venv/bin/python")
        return FileManager.default.isExecutableFile(atPath: url.path) ? url : nil
    }()

    /// What `script` prints, which may import the modules of Tests/Oracle, run in `scratch` if one is given. Throws as `run` does.
    public static func oracle(_ script: String, _ arguments: [String] = [], in scratch: Scratch? = nil) throws -> String {
        let folder = root.appendingPathComponent("Tests/Oracle").path
        return try run("import sys\nsys.path.insert(0, sys.argv.pop(1))\n" + script, [folder] + arguments, in: scratch)
    }

    /// What `script` prints, given `arguments` as `sys.argv[1:]`, run in `scratch` if one is given. Throws `Failure` with its messages when it
    /// exits non-zero.
    public static func run(_ script: String, _ arguments: [String] = [], in scratch: Scratch? = nil) throws -> String {
        guard let interpreter else { throw Failure(message: "no .build/venv: run Tools/test.sh once") }
        let process = Process(), output = Pipe(), errors = Pipe()
        process.executableURL = interpreter
        process.arguments = ["-c", script] + arguments
        if let scratch { process.currentDirectoryURL = scratch.url }
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        // Messages are short; the output may be longer than a pipe holds, so it is read first.
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let messages = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(message: String(decoding: messages, as: UTF8.self)) }
        return String(decoding: printed, as: UTF8.self)
    }

    public struct Failure: Error, CustomStringConvertible {
        public let message: String
        public var description: String { message }
    }
}

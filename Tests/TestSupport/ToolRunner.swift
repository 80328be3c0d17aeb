import Foundation

/// What a tool did: its exit status (128 + n where signal n ended it) and what it printed.
public struct ToolRun {
    public let status: Int32
    /// Standard output and standard error.
    public let output: String
    public let errors: String
    /// Standard output as it came, for images and tables of bytes.
    public let outputBytes: [UInt8]
}

/// Runs the tools that were built with the tests.
public enum Tools {
    /// The folder of the built tools, which the test bundle lies in.
    public static let folder: URL = {
        let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
        return bundle.deletingLastPathComponent()
    }()

    /// Runs a tool to its end.
    /// - Parameters:
    ///   - input: its standard input.
    ///   - environment: variables that are added to the test's own.
    /// - Throws: what `Process` throws where there is no such tool.
    public static func run(_ name: String, _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]) throws -> ToolRun {
        let scratch = try Scratch(), process = Process()
        process.executableURL = folder.appendingPathComponent(name)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files, unlike pipes, hold whatever the tool writes and never make it wait.
        for stream in ["input", "output", "errors"] {
            _ = FileManager.default.createFile(atPath: scratch.path(stream), contents: stream == "input" ? Data(input) : nil)
        }
        process.standardInput = FileHandle(forReadingAtPath: scratch.path("input"))
        process.standardOutput = FileHandle(forWritingAtPath: scratch.path("output"))
        process.standardError = FileHandle(forWritingAtPath: scratch.path("errors"))
        try process.run()
        process.waitUntilExit()
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("output"))))
        let errors = String(decoding: try Data(contentsOf: URL(fileURLWithPath: scratch.path("errors"))), as: UTF8.self)
        let status = process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
        return ToolRun(status: status, output: String(decoding: bytes, as: UTF8.self), errors: errors, outputBytes: bytes)
    }
}

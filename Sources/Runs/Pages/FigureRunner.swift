import Platform
import SystemFiles
import Texts

/// Runs the commands of figures: what a report shows is what was run, but for the folder before the names of files.
struct FigureRunner {
    /// The report's folder, whose files the commands name.
    let folder: String
    /// The folder of the tools.
    let tools: String
    /// What `AEKIT_DATA` says to them; nil for what it says to us.
    let data: String?

    private static let largestText = 1 << 20

    /// Makes a file of the folder with a command; one whose inputs and tool are older than it is left as it is, unless it is to be made anew.
    ///
    /// Throws `PageError` with the tool's message where it fails, and `SystemError`.
    /// - Returns: whether it was run.
    @discardableResult
    func make(_ file: String, with command: [String], anew: Bool) throws -> Bool {
        let words = command.map { isFile($0) ? "\(folder)/\($0)" : $0 }, output = "\(folder)/\(file)"
        let inputs = ["\(tools)/\(command[0])"] + command.filter { isFile($0) && $0 != file }.map { "\(folder)/\($0)" }
        if !anew, let made = Self.changed(output), inputs.allSatisfy({ Self.changed($0).map { $0 < made } ?? false }) { return false }
        let printed = try run(words)
        if file.hasSuffix(".txt") { try AtomicFile.write(printed, to: output) }
        return true
    }

    /// Removes what a run that was killed has left.
    func clear() { streams.forEach { unlink($0.path) } }

    /// Where a command's output and messages go meanwhile.
    private var streams: [(descriptor: Int32, path: String)] { [(STDOUT_FILENO, "\(folder)/figures/.output"), (STDERR_FILENO, "\(folder)/figures/.messages")] }

    private func isFile(_ word: String) -> Bool { [".h5", ".csv", ".png", ".svg"].contains(where: word.hasSuffix) }

    /// What a command prints.
    private func run(_ command: [String]) throws -> [UInt8] {
        let streams = streams
        defer { clear() }
        let status = try Subprocess.run("\(tools)/\(command[0])", command, files: [(STDIN_FILENO, "/dev/null")] + streams, variables: data.map { ["AEKIT_DATA=\($0)"] } ?? [])
        let messages = String(decoding: try FileBytes.read(streams[1].path, limit: Self.largestText), as: UTF8.self)
        guard status == 0 else {
            throw PageError("\(command.joined(separator: " ")): \(messages.split(separator: "\n").first.map(String.init) ?? "ended with status \(status)")".printable)
        }
        return try FileBytes.read(streams[0].path, limit: Self.largestText)
    }

    /// When a file was written last, in nanoseconds; nil where there is none.
    private static func changed(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }

    /// The folder of the program that runs, where the other tools are too.
    static var ownFolder: String {
        let program = Subprocess.ownPath
        return program.lastIndex(of: "/").map { String(program[..<$0]) } ?? "."
    }
}

/// Why a report could not be made, in one line.
public struct PageError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

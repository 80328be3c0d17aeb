import SystemFiles

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Runs the commands of figures: what a report shows is what was run, but for the folder before the names of files.
struct FigureRunner {
    /// The report's folder, whose files the commands name.
    let folder: String
    /// The folder of the tools.
    let tools: String
    /// What `AEKIT_DATA` says to them; nil for what it says to us.
    let data: String?

    private static let largestText = 1 << 20

    /// Makes a file of the folder with a command; one whose inputs and tool are older than it is left as it is.
    ///
    /// Throws `ReportError` with the tool's message where it fails, and `SystemError`.
    /// - Returns: whether it was run.
    @discardableResult
    func make(_ file: String, with command: [String]) throws -> Bool {
        let words = command.map { isFile($0) ? "\(folder)/\($0)" : $0 }, output = "\(folder)/\(file)"
        let inputs = ["\(tools)/\(command[0])"] + command.filter { isFile($0) && $0 != file }.map { "\(folder)/\($0)" }
        if let made = Self.changed(output), inputs.allSatisfy({ Self.changed($0).map { $0 < made } ?? false }) { return false }
        let printed = try run(words)
        if file.hasSuffix(".txt") { try AtomicFile.write(printed, to: output) }
        return true
    }

    private func isFile(_ word: String) -> Bool { [".h5", ".csv", ".png", ".svg"].contains(where: word.hasSuffix) }

    /// What a command prints.
    private func run(_ command: [String]) throws -> [UInt8] {
        let path = "\(tools)/\(command[0])", scratch = "\(folder)/figures/.\(command[0])-\(getpid())"
        let streams = [(STDOUT_FILENO, "\(scratch).out"), (STDERR_FILENO, "\(scratch).err")]
        defer { streams.forEach { unlink($0.1) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        for (number, file) in streams { posix_spawn_file_actions_addopen(&actions, number, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600) }
        let status = try Self.spawn(path, command, &actions, environment)
        let messages = String(decoding: try FileBytes.read(streams[1].1, limit: Self.largestText), as: UTF8.self)
        guard status == 0 else {
            throw ReportError("\(command.joined(separator: " ")): \(messages.split(separator: "\n").first.map(String.init) ?? "ended with status \(status)")".printable)
        }
        return try FileBytes.read(streams[0].1, limit: Self.largestText)
    }

    /// Our own variables, with the data's in its place.
    private var environment: [String] {
        var variables: [String] = [], next = environ
        while let variable = next.pointee {
            variables.append(String(cString: variable))
            next += 1
        }
        guard let data else { return variables }
        return variables.filter { !$0.hasPrefix("AEKIT_DATA=") } + ["AEKIT_DATA=\(data)"]
    }

    /// Runs a program to its end; gives its exit status, 128 + n where signal n ended it.
    private static func spawn(_ path: String, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t, _ environment: [String]) throws -> Int32 {
        let words = arguments.map { strdup($0) } + [nil], variables = environment.map { strdup($0) } + [nil]
        defer { (words + variables).forEach { free($0) } }
        var process = pid_t()
        let problem = posix_spawn(&process, path, &actions, nil, words, variables)
        if problem != 0 { throw SystemError(path: path, what: "cannot run", errno: problem) }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { if errno != EINTR { throw SystemError(path: path, what: "cannot run", errno: errno) } }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// When a file was written last, in nanoseconds; nil where there is none.
    private static func changed(_ path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    }

    /// The folder of the program that runs, where the other tools are too.
    static var ownFolder: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlink("/proc/self/exe", &path, Int(PATH_MAX))
        let program = length > 0 ? String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
        return program.lastIndex(of: "/").map { String(program[..<$0]) } ?? "."
    }
}

/// Why a report could not be made, in one line.
public struct ReportError: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }
}

import Platform

/// Another program that answers: it reads messages on its standard input and writes one for each on its standard output. Ends with the object.
///
/// A message is a UInt64, the number of its bytes, and these. The caller ignores `SIGPIPE`.
public final class PipedProcess {
    private let path: String
    private let process: pid_t
    private var pipes: (requests: Descriptor, answers: Descriptor)?

    /// Runs the program at `path`; what it says on standard error goes nowhere. Throws `SystemError`.
    /// - Parameters:
    ///   - arguments: all of them, the program's name first.
    ///   - file: an open file that it finds under the number 3.
    ///   - variables: of the environment, `NAME=value`, in the place of ours of the same name.
    public init(_ path: String, _ arguments: [String], file: Descriptor, variables: [String] = []) throws {
        self.path = path
        let (theirRequests, requests) = try Self.pipe(path), (answers, theirAnswers) = try Self.pipe(path)
        let file = try Descriptor(duplicating: file.number, named: file.path, least: Self.aboveTheirs)
        pipes = (requests, answers)
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (ours, theirs) in [(theirRequests, STDIN_FILENO), (theirAnswers, STDOUT_FILENO), (file, Self.fileNumber)] { posix_spawn_file_actions_adddup2(&actions, ours.number, theirs) }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
        process = try Subprocess.start(path, arguments, &actions, variables)
    }

    deinit { _ = try? end() }

    /// The number under which the program finds the file.
    public static let fileNumber: Int32 = 3
    private static let aboveTheirs = fileNumber + 1

    /// Sends a message and waits for its answer, of `limit` bytes at most; nil where the program has ended. Throws `SystemError`.
    public func answer(to message: [UInt8], limit: Int) throws -> [UInt8]? {
        guard let pipes else { return nil }
        do {
            try pipes.requests.write(message: message)
        } catch let error as SystemError where error.errno == EPIPE {
            return nil
        }
        return try pipes.answers.readMessage(limit: limit)
    }

    /// Waits for the program's end, which it comes to when nothing more is asked; gives its exit status, 128 + n where signal n ended it. Throws `SystemError`.
    public func end() throws -> Int32 {
        if pipes == nil { return 0 }
        // It may be waiting for a question, or for somebody to take its answer.
        pipes = nil
        return try Subprocess.wait(for: process, path)
    }

    /// A pipe's two ends, to read and to write, neither of them a number that the program will give to something else.
    private static func pipe(_ path: String) throws -> (Descriptor, Descriptor) {
        var ends: [Int32] = [0, 0]
        guard systemPipe(&ends) == 0 else { throw SystemError.last(path, "cannot run") }
        defer { ends.forEach { close($0) } }
        return (try Descriptor(duplicating: ends[0], named: path, least: aboveTheirs), try Descriptor(duplicating: ends[1], named: path, least: aboveTheirs))
    }
}

extension Descriptor {
    /// Writes one message. Throws `SystemError`.
    public func write(message: [UInt8]) throws {
        try withUnsafeBytes(of: UInt64(message.count).littleEndian) { try write($0) }
        try message.withUnsafeBytes { try write($0) }
    }

    /// Reads one message; nil at the end of the stream, also in mid-message, and for one that claims more than `limit` bytes. Throws `SystemError`.
    public func readMessage(limit: Int) throws -> [UInt8]? {
        var count: UInt64 = 0
        guard try withUnsafeMutableBytes(of: &count, { try fill($0) }), let size = Int(exactly: UInt64(littleEndian: count)), size <= limit else { return nil }
        var whole = false
        let message = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            whole = try fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size]))
            initialized = whole ? size : 0
        }
        return whole ? message : nil
    }

    /// Reads until `buffer` is full; false where the stream ends before.
    private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Bool {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: rest))
            if count == 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

// The system's call, whose name the method above hides.
private func systemPipe(_ ends: UnsafeMutablePointer<Int32>) -> Int32 { pipe(ends) }

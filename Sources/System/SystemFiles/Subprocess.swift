import Platform

/// Other programs, run to their end.
public enum Subprocess {
    /// Runs the program at `path`; its streams are ours, but for those that `files` puts in the place of a descriptor.
    ///
    /// Throws `SystemError` where it cannot be run.
    /// - Parameters:
    ///   - arguments: all of them, the program's name first.
    ///   - files: descriptors and the files that are opened in their place, the first to be read (descriptor 0), others written anew.
    ///   - variables: of the environment, `NAME=value`, in the place of ours of the same name.
    /// - Returns: its exit status, 128 + n where signal n ended it.
    public static func run(_ path: String, _ arguments: [String], files: [(descriptor: Int32, path: String)] = [], variables: [String] = []) throws(SystemError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for file in files {
            posix_spawn_file_actions_addopen(&actions, file.descriptor, file.path, file.descriptor == STDIN_FILENO ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        return try wait(for: start(path, arguments, &actions, variables), path)
    }

    static func start(_ path: String, _ arguments: [String], _ actions: inout posix_spawn_file_actions_t, _ variables: [String]) throws(SystemError) -> pid_t {
        let words = arguments.map { strdup($0) } + [nil], environment = environment(with: variables).map { strdup($0) } + [nil]
        defer { (words + environment).forEach { free($0) } }
        var process = pid_t()
        let problem = posix_spawn(&process, path, &actions, nil, words, environment)
        if problem != 0 { throw SystemError(path: path, what: "cannot run", errno: problem) }
        return process
    }

    /// Waits for a program's end; gives its status as `run` does.
    static func wait(for process: pid_t, _ path: String) throws(SystemError) -> Int32 {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 { if errno != EINTR { throw SystemError(path: path, what: "cannot run", errno: errno) } }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }

    /// The file of the program that runs.
    public static var ownPath: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let length = readlink("/proc/self/exe", &path, Int(PATH_MAX))
        return length > 0 ? String(decoding: path[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self) : CommandLine.arguments[0]
    }

    private static func environment(with variables: [String]) -> [String] {
        let names = variables.map { $0.prefix { $0 != "=" } + "=" }
        var ours: [String] = [], next = environ
        while let variable = next.pointee {
            ours.append(String(cString: variable))
            next += 1
        }
        return ours.filter { variable in !names.contains { variable.hasPrefix($0) } } + variables
    }
}

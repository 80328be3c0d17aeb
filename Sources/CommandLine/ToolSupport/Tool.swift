import ArgumentParser
import HDF5Foreign
import HDF5Reader
import Images
import Platform
import Requests
import SystemFiles
import Tensors
import Texts

/// A command-line tool: it says what went wrong in one line, `aedecode: FILE:/object: what is wrong`, and exits with the right code.
public protocol Tool: ParsableCommand {
    var common: CommonOptions { get }

    /// How the tool's users write an option of a run: as a flag, unless the tool says otherwise.
    static func name(of option: RunOption) -> String
}

/// What every tool takes.
public struct CommonOptions: ParsableArguments {
    @Flag(name: [.short, .long], help: "Print no messages and no progress.")
    public var quiet = false

    public init() {}
}

extension Tool {
    public static func name(of option: RunOption) -> String { option.flag }

    public static func main() {
        // A closed pipe is then an error of the write, told like any other.
        signal(SIGPIPE, SIG_IGN)
        // So is a file that has grown as large as files may.
        signal(SIGXFSZ, SIG_IGN)
        do {
            if CommandLine.arguments.count == 3, CommandLine.arguments[1] == ForeignReader.argument { return try ForeignReader.serve(CommandLine.arguments[2]) }
            ForeignFile.isApart.store(true, ordering: .relaxed)
            var tool = try parseAsRoot(NegativeNumbers.protect(Array(CommandLine.arguments.dropFirst())))
            try Kernels.check()
            try tool.run()
        } catch {
            fail(error)
        }
    }

    private static func fail(_ error: any Error) -> Never {
        let code = exitCode(for: error)
        if let stopped = error as? Stopped { exit(withError: ArgumentParser.ExitCode(stopped.code)) }
        // Help, version and completion scripts come as errors too.
        if code == .success || error is ArgumentParser.ExitCode { exit(withError: error) }
        let isOfParser = code == .validationFailure
        guard isOfParser else { exit(withError: ArgumentParser.ExitCode(complain(error).rawValue)) }
        say(message(for: error))
        Messages.write("Try '\(name) --help'.")
        exit(withError: ArgumentParser.ExitCode(ExitStatus.usage.rawValue))
    }

    private static func say(_ text: String) { Messages.write("\(name): \(NegativeNumbers.restore(text).printable)") }

    /// Says what is wrong, and gives the exit code for it: for a tool that goes on with its next input.
    @discardableResult
    public static func complain(_ error: any Error) -> ExitStatus {
        say(((error as? RunError)?.text(name(of:)) ?? "\(error)") + hint(error))
        return ExitStatus(of: error)
    }

    /// What a user can do about a file that another program has written or rewritten.
    private static func hint(_ error: any Error) -> String {
        guard let rule = (error as? VerificationError)?.problems[0].rule, !rule.isDamage, rule != .regularFile else { return "" }
        return "; if you trust it, aeconvert --trust rewrites it"
    }

    private static var name: String { configuration.commandName ?? "\(self)".lowercased() }

    /// A message to the user, unless they want none.
    public func note(_ text: String) {
        if !common.quiet { Messages.write("\(Self.name): \(text)") }
    }

    /// Tells what users should know of their data, and has not been told yet.
    public func note(_ data: DataSelection) { data.source.notices.take().forEach(note) }

    /// Data for the next program or the user.
    public func output(_ text: String) throws { try Messages.output(text) }
}

/// Ends a tool that a signal stopped and that has saved its work: exit code 128 + n, no message.
public struct Stopped: Error {
    public let signal: Int32
    public var code: Int32 { 128 + signal }
    public init(signal: Int32) { self.signal = signal }
}

/// Lets values begin with a minus sign, which the parser would take for an option: until it has parsed them, they begin with U+2212.
public enum NegativeNumbers {
    private static let minus: Character = "\u{2212}"

    static func protect(_ arguments: [String]) -> [String] {
        arguments.map { argument in
            // Numbers, lists and ranges of them, but no names of files.
            guard argument.first == "-", let second = argument.dropFirst().first, "0123456789.".contains(second), argument.allSatisfy("0123456789.,:+-eE ".contains) else { return argument }
            return String(minus) + argument.dropFirst()
        }
    }

    /// The text as the user wrote it.
    public static func restore(_ text: String) -> String {
        text.contains(minus) ? String(text.map { $0 == minus ? "-" : $0 }) : text
    }
}

import ArgumentParser
import ModelFiles
import SystemFiles
import Texts
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aeinspect",
        abstract: "Says what is in a file of aekit's: the network, its training, its results.",
        discussion: """
            Examples: aeinspect conv2.h5
                      aeinspect --validate *.h5
                      aeinspect conv2.h5 --diff other.h5 --absolute 1e-6

            Without options: an overview of each file, for which no weights are read. The options --tree, --weights, --history and --torchinfo \
            print what they name instead, in this order; with --json they add to the object. A file that cannot be read is told of, and the rest \
            follow; the exit code is the greatest of all. --validate reads every byte and lists all that is wrong, each with its object and the rule that \
            it breaks; a file that is not valid gives exit code 65. --diff lists what differs between two files, seals and digests apart, and gives \
            exit code 1 where anything does; numbers a and b are equal where |a - b| <= absolute + relative |b|.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("Files to inspect.", valueName: "file"), completion: .file())
    var files: [String]
    @Flag(help: "Every object with its shape, type, bytes and attributes.")
    var tree = false
    @Flag(help: "The least, the greatest and the mean number of every tensor, their deviation and histogram, NaN and infinities counted.")
    var weights = false
    @Flag(help: "The loss after every epoch.")
    var history = false
    @Flag(help: "The network as torchinfo 1.8 prints it, for a batch of 4 images.")
    var torchinfo = false
    @Flag(help: "Check everything: bytes, seal, digests, schema, weights. Without it only what is read is checked.")
    var validate = false
    @Option(help: ArgumentHelp("Compare the file with this one: structure, configuration, weights and results.", valueName: "other"), completion: .file())
    var diff: String?
    @Option(help: ArgumentHelp("By how much numbers may differ for --diff. (default: 0)", valueName: "r"))
    var absolute: Double?
    @Option(help: ArgumentHelp("By what share of themselves numbers may differ for --diff. (default: 0)", valueName: "r"))
    var relative: Double?
    @Flag(help: "Print one JSON object for a file, an array of them for several.")
    var json = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        try checkOptions()
        if let diff { return try compare(NegativeNumbers.restore(files[0]), NegativeNumbers.restore(diff)) }
        var worst: ExitStatus?, objects: [JSON] = []
        for (index, path) in files.map(NegativeNumbers.restore).enumerated() {
            var text: String?
            do {
                if validate, let problems = try problems(path) {
                    worst = max(worst ?? .badData, .badData)
                    if json { objects.append(Inspection.json(path, problems)) } else { try output(problems.map { "\(path):\($0)".printable }.joined(separator: "\n")) }
                    continue
                }
                let inspection = try Inspection(path)
                if let newer = inspection.newerVersion { note(newer) }
                if json { objects.append(try object(inspection)) } else { text = try self.text(inspection) }
            } catch {
                let status = Self.complain(error)
                worst = max(worst ?? status, status)
                objects.append(Inspection.json(path, [Violation(error)]))
            }
            if let text { try output((index > 0 && !isList ? "\n" : "") + text) }
        }
        if json { try output(files.count == 1 ? objects[0].text : JSON.array(objects).text) }
        if let worst { throw ExitCode(worst.rawValue) }
    }

    private func checkOptions() throws {
        guard diff != nil else {
            if absolute != nil || relative != nil { throw ToolError.usage("--absolute and --relative have no meaning without --diff") }
            return
        }
        if files.count > 1 { throw ToolError.usage("--diff compares one file with another, not \(files.count)") }
        if tree || weights || history || torchinfo || validate { throw ToolError.usage("--diff goes with --json, --absolute and --relative alone") }
        for (name, value) in [("absolute", absolute), ("relative", relative)] {
            if let value, !(value >= 0 && value.isFinite) { throw ToolError.usage("--\(name) is \(value), not a number from 0") }
        }
    }

    private func compare(_ first: String, _ second: String) throws {
        let differences = try Differences(first, second, .init(absolute: absolute ?? 0, relative: relative ?? 0))
        try output(json ? differences.json.text : differences.text)
        if !differences.isEmpty { throw ExitCode(1) }
    }

    /// Whether there is a line a file.
    private var isList: Bool { validate && !(tree || weights || history || torchinfo) }

    private func text(_ inspection: Inspection) throws -> String {
        if isList { return "\(inspection.title): valid" }
        var parts = validate ? ["valid"] : []
        if tree { parts.append(try inspection.treeText()) }
        if weights { parts.append(try inspection.weightsText()) }
        if history { parts.append(try inspection.historyText()) }
        if torchinfo { parts.append(try inspection.torchinfoText()) }
        if parts.isEmpty { return inspection.overview }
        return (files.count > 1 ? Style.bold(inspection.title) + "\n" : "") + parts.joined(separator: "\n\n")
    }

    /// All that is wrong with a file; nil for a valid one.
    private func problems(_ path: String) throws -> [Violation]? {
        let validation = try Validation(path)
        return validation.isValid ? nil : validation.violations
    }

    private func object(_ inspection: Inspection) throws -> JSON {
        var members = inspection.members
        if tree { members.append(("tree", try inspection.treeJSON())) }
        if weights { members.append(("weights", try inspection.weightsJSON())) }
        if history { members.append(("history", try inspection.historyJSON())) }
        if torchinfo { members.append(("torchinfo", try inspection.torchinfoJSON())) }
        return .object(members)
    }
}

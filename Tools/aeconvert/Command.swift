import ArgumentParser
import HDF5Foreign
import HDF5Types
import ModelFiles
import SystemFiles
import Texts
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aeconvert",
        abstract: "Rewrites a file of aekit's: as aekit itself writes it, or its latents as .npy or .csv.",
        discussion: """
            Examples: aeconvert repacked.h5 model.h5 --trust
                      aeconvert latents.h5 latents.npy

            A file that h5py, h5repack or another program has written or changed may lie outside the few kinds of bytes that aekit reads. With --trust \
            it is read by the HDF5 library as it is, its checks of crafted files being what they are: do that with files of your own. Links to elsewhere \
            are never followed, no plug-in is loaded, and what is written is valid (see aeinspect --validate) or not written. An existing output is \
            replaced, whole or not at all. The library can fail on a crafted file; that is told, and nothing is written.
            """,
        version: Version.text)

    @Argument(help: ArgumentHelp("The file to read.", valueName: "in"), completion: .file())
    var input: String
    @Argument(help: ArgumentHelp("The file to write: .h5, or .npy or .csv for latents.", valueName: "out"), completion: .file())
    var output: String
    @Flag(help: "Read a file that aekit did not write.")
    var trust = false
    @Flag(help: "Accepted for the sake of scripts: an existing output is replaced anyway.")
    var force = false
    /// Says that this is the process of its own in which a trusted file is read.
    @Flag(help: .hidden)
    var apart = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        if trust, !apart { return try runApart() }
        let path = NegativeNumbers.restore(input), output = NegativeNumbers.restore(output)
        try OutputFile.check(output, endings: [".h5", ".npy", ".csv"], inputs: [path])
        if trust { try convert(Rewriting.openTrusted(path), to: output) } else { try convert(StoredFile(path).root, to: output) }
    }

    /// - Parameter root: a file, whoever reads it.
    private func convert(_ root: some ReadableGroup, to output: String) throws {
        guard !output.hasSuffix(".h5") else { return try Rewriting.rewrite(root, to: output) }
        let latents = try LatentRecord.read(root, split: LatentRecord.usualSplit(root))
        try VectorWriter.replace(output, output.hasSuffix(".npy") ? .npy : .csv, count: latents.z.count / latents.size, size: latents.size) {
            try $0.append(latents.z)
        }
    }

    /// Does the work in a process of its own: the HDF5 library can be brought to crash by a file, and then there is still a line to say so.
    private func runApart() throws {
        let status = try Subprocess.run(Subprocess.ownPath, CommandLine.arguments.prefix(1) + ["--apart"] + CommandLine.arguments.dropFirst(), variables: ["SWIFT_BACKTRACE=enable=no"])
        if status > 128 {
            AtomicFile.sweep(NegativeNumbers.restore(output))
            throw ToolError(.badData, "\(NegativeNumbers.restore(input).printable): \(ForeignFile.failure(status)); nothing was written")
        }
        if status != 0 { throw ExitCode(status) }
    }
}

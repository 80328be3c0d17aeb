import ArgumentParser
import Images
import ModelFiles
import Networks
import SystemFiles
import Texts

/// The options of tools that run images through an auto-encoder: which images, and how the latent is made of them.
public struct EncodingOptions: ParsableArguments {
    @OptionGroup public var images: DataOptions
    @Option(help: ArgumentHelp("Which images: train or test.", valueName: "split"))
    public var split = Split.test
    @Option(help: ArgumentHelp("The first n images of the split only.", valueName: "n"))
    public var limit: Int?
    @Flag(help: "Sample z of a variational network, in place of z = mu.")
    public var sample = false
    @Option(help: ArgumentHelp("Seed of --sample. (default: 0)", valueName: "n"))
    public var seed: UInt64?

    public init() {}

    /// Throws `ToolError` for options that do not fit each other.
    public func check() throws {
        if let limit, limit < 1 { throw ToolError.usage("--limit is \(limit), not a number from 1") }
        if seed != nil, !sample { throw ToolError.usage("--seed has no meaning without --sample") }
    }

    /// The noise's sequence; nil for z = mu.
    public var sampling: Sampling? { sample ? Sampling(seed: seed ?? 0) : nil }

    /// The auto-encoder of a file. Throws where it cannot be read, is a reader, or cannot sample though asked to.
    public func network(_ path: String) throws -> Network { try network(of: StoredFile(path)) }

    public func network(of file: StoredFile) throws -> Network {
        let path = file.path, network = try ModelRecord.network(of: file)
        if network.description.isReader { throw ToolError(.badData, "\(path.printable):/model: is a reader, which has no latent") }
        if sample, !network.description.isVariational {
            throw ToolError.usage("\(path.printable) is not variational (\(network.description.architecture)): there is nothing to --sample")
        }
        return network
    }

    /// The images, as a stream whose labels the network knows. `limit` stands in where the user gives none.
    public func stream(for network: Network, _ data: DataSelection, limit other: Int? = nil) throws -> ImageStream {
        try data.stream(split, limit: limit ?? other, for: network.description)
    }
}

extension ProgressBar {
    /// A stream of the same images that shows how far it is.
    public static func following(_ stream: ImageStream, quiet: Bool) -> ImageStream {
        var bar = ProgressBar(total: stream.count, quiet: quiet)
        return stream.map { set in
            if stream.position == stream.count { bar.finish() } else { bar.update(stream.position, "\(stream.position.grouped)/\(stream.count.grouped)") }
            return set
        }
    }
}

import ArgumentParser
import ToolSupport

/// The options that say which part of a file is plotted.
struct Selection: ParsableArguments {
    @Flag(help: "Latents of more than two numbers as a panel for each pair of them, not in the plane of their two principal components.")
    var pairs = false
    @Option(help: ArgumentHelp("The numbers of the latent to plot, from 0, with commas between. (default: all)", valueName: "i,j,..."))
    var dimensions: String?
    @Option(help: ArgumentHelp("The latents of this epoch, which aetrain keeps with --record latents.", valueName: "n"))
    var epoch: Int?
    @Option(help: ArgumentHelp("The split of stored latents, or of the images to reconstruct. (default: test, or the only one)", valueName: "name"))
    var split: String?
    @Option(help: ArgumentHelp("The score whose confusion is plotted. (default: all)", valueName: "name"))
    var score: String?
    @OptionGroup var images: DataOptions
    @Option(help: ArgumentHelp("The first n images only. (default: 10)", valueName: "n"))
    var limit: Int?

    /// Throws `ToolError` for options that a kind, where one is named, has no use for, and for those that are wrong whatever the file.
    func check(_ kind: PlotKind?) throws {
        if let kind { try checkFit(kind) }
        if let epoch, epoch < 1 { throw ToolError.usage("--epoch is \(epoch), not a number from 1") }
        _ = try indices(of: .max)
    }

    /// Throws `ToolError` for options that this kind has no use for.
    func checkFit(_ kind: PlotKind) throws {
        let given = [("--pairs", pairs, [PlotKind.latents]), ("--dimensions", dimensions != nil, [.latents, .histogram]),
                     ("--epoch", epoch != nil, PlotKind.ofLatents), ("--split", split != nil, PlotKind.ofLatents + [.reconstructions]),
                     ("--score", score != nil, [.confusion]), ("--limit", limit != nil, [.reconstructions])] + images.given.map { ($0, true, [.reconstructions]) }
        for (option, isGiven, kinds) in given where isGiven && !kinds.contains(kind) {
            throw ToolError.usage("\(option) has no meaning with --\(kind.rawValue): it is for --\(kinds.map(\.rawValue).joined(separator: ", --"))")
        }
    }

    /// The dimensions that are asked for, of a latent of `size` numbers; nil for all. Throws `ToolError`.
    func indices(of size: Int) throws -> [Int]? {
        guard let text = dimensions else { return nil }
        let indices = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
        guard indices.allSatisfy({ $0.map { $0 >= 0 } ?? false }) else { throw ToolError.usage("--dimensions is \(text), not numbers from 0 with commas between") }
        let numbers = indices.compactMap { $0 }
        guard Set(numbers).count == numbers.count else { throw ToolError.usage("--dimensions is \(text), which names a number twice") }
        if let index = numbers.first(where: { $0 >= size }) { throw ToolError.usage("--dimensions names \(index), but the latent has \(size) numbers, 0 to \(size - 1)") }
        return numbers
    }
}

import ArgumentParser
import ModelFiles
import Networks
import ToolSupport

/// The options that say which latent vectors are decoded.
struct LatentOptions: ParsableArguments {
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Vectors, each its numbers with commas between; one or more, and again.", valueName: "a,b,..."))
    var z: [String] = []
    @Option(help: ArgumentHelp(
        "Vectors of a file: HDF5 with latents, .npy, or text (a vector a line, commas or blanks between its numbers); - is standard input.", valueName: "file"),
        completion: .file())
    var zFile: String?
    @Option(help: ArgumentHelp("So many vectors drawn from N(0, 1).", valueName: "n"))
    var random: Int?
    @Flag(help: "A grid over a latent of two numbers: rows are z0, columns z1.")
    var grid = false
    @Flag(help: "The median of each class's stored latents.")
    var medians = false
    @Option(parsing: .upToNextOption, help: ArgumentHelp("The straight line between two vectors, ends included.", valueName: "a,b,... a,b,..."))
    var between: [String] = []
    @Option(help: ArgumentHelp("What --grid spans: low:high of both numbers, or one after the other, low:high,low:high; or latents, for what those in the file span. (default: -3:3)", valueName: "range"))
    var range: String?
    @Option(help: ArgumentHelp("Steps of --grid, both ways, or of --between. (default: 12)", valueName: "n"))
    var steps: Int?
    @Option(help: ArgumentHelp("Seed of --random. (default: 0)", valueName: "n"))
    var seed: UInt64?
    @Option(help: ArgumentHelp("The split of stored latents that --medians or --z-file takes. (default: test)", valueName: "name"))
    var split: String?

    /// The source that is asked for. Throws `ToolError` where there is none, or more than one, and for options that it has no use for.
    func source() throws -> LatentSource {
        let named = [!z.isEmpty, zFile != nil, random != nil, grid, medians, !between.isEmpty].count { $0 }
        guard named == 1 else {
            throw ToolError.usage((named == 0 ? "no latent vectors" : "more than one source of latent vectors")
                + ": one of --z, --z-file, --random, --grid, --medians, --between says which to decode")
        }
        try refuse("--range", range != nil && !grid, without: "--grid")
        try refuse("--steps", steps != nil && !grid && between.isEmpty, without: "--grid or --between")
        try refuse("--seed", seed != nil && random == nil, without: "--random")
        try refuse("--split", split != nil && !medians && zFile == nil, without: "--medians or --z-file")
        if let zFile { return .file(zFile, split: split) }
        if let random { return .random(try count(random, "--random", upTo: 1_000_000_000), seed: seed ?? 0) }
        if medians { return .medians(split: split ?? "test") }
        if !z.isEmpty { return .vectors(try z.map { try vector($0, "--z") }) }
        let steps = try count(steps ?? 12, "--steps", upTo: 10_000)
        if grid {
            return .grid(range == "latents" ? nil : try spans(), steps: steps)
        }
        guard between.count == 2 else { throw ToolError.usage("--between takes two vectors, not \(between.count)") }
        return .between(try vector(between[0], "--between"), try vector(between[1], "--between"), steps: steps)
    }

    private func refuse(_ option: String, _ condition: Bool, without other: String) throws {
        if condition { throw ToolError.usage("\(option) has no meaning without \(other)") }
    }

    private func count(_ value: Int, _ option: String, upTo greatest: Int) throws -> Int {
        guard (1...greatest).contains(value) else { throw ToolError.usage("\(option) is \(value), not within 1 to \(greatest)") }
        return value
    }

    private func vector(_ text: String, _ option: String) throws -> [Float] {
        do {
            return try VectorText.numbers(NegativeNumbers.restore(text))
        } catch {
            throw ToolError.usage("\(option) '\(text)': \(error)")
        }
    }

    /// The spans of z0 and z1.
    private func spans() throws -> (Ends, Ends) {
        let text = range ?? "-3:3"
        let spans = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
            let ends = part.split(separator: ":", omittingEmptySubsequences: false).map { finiteNumber($0) }
            return ends.count == 2 ? ends[0].flatMap { low in ends[1].map { Ends(low, $0) } } : nil
        }
        guard let first = spans[0], let last = spans[spans.count - 1], spans.count <= 2 else {
            throw ToolError.usage("--range is \(text), neither low:high nor low:high,low:high nor latents")
        }
        return (first, last)
    }
}

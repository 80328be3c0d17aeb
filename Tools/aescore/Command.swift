import ArgumentParser
import Images
import ModelFiles
import Networks
import SystemFiles
import Texts
import ToolSupport

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aescore",
        abstract: "Scores reconstructions: how many of them a reader still reads right, or how likely images are to a variational auto-encoder.",
        discussion: """
            Examples: aescore --reader reader.h5 --model conv2.h5 --model vae2.h5 --data mnist
                      aescore --reader reader.h5 recon.h5
                      aescore --likelihood 64 --model vae2.h5 --data mnist

            The untouched images come first, under the name originals. With --model, each model reconstructs the images on the way; otherwise the \
            reconstructions are those that aereconstruct wrote. --likelihood needs no reader: it gives, in nats an image, the parts of the loss, the KL \
            divergence of each number of the latent and how many are active, the evidence lower bound and the importance-weighted log-likelihood.
            """,
        version: Version.text)

    @Option(help: ArgumentHelp("The reader's model file.", valueName: "file"), completion: .file())
    var reader: String?
    @Argument(help: ArgumentHelp("Files of reconstructions.", valueName: "recon.h5"), completion: .file())
    var reconstructions: [String] = []
    @Option(parsing: .upToNextOption, help: ArgumentHelp("Models whose reconstructions are to be scored.", valueName: "file"), completion: .file())
    var model: [String] = []
    @Option(help: ArgumentHelp("Measure the likelihood of images instead, with n samples of each latent.", valueName: "n"))
    var likelihood: Int?
    @OptionGroup var encoding: EncodingOptions
    @Flag(help: "Keep each score in the file that it is of, under /scores/<name>.")
    var record = false
    @Flag(help: "Print JSON.")
    var json = false
    @OptionGroup var common: CommonOptions

    func run() throws {
        try check()
        if let samples = likelihood { return try measureLikelihood(samples) }
        guard let reader else { throw ToolError.usage("--reader is needed: a reader's model file") }
        let scoring = try Scoring(reader: reader, encoding, note: note)
        var scores = [Scored(path: nil, score: try scoring.originals())]
        note(scoring.data)
        for path in model { scores.append(Scored(path: path, score: try scoring.model(path, quiet: common.quiet))) }
        for path in reconstructions { scores += try scoring.reconstructions(path).map { Scored(path: path, score: $0) } }
        if record {
            for scored in scores { if let path = scored.path { try scoring.record(scored.score, in: path) } }
        }
        try output(json ? Scored.json(scores) : Scored.table(scores))
    }

    private func measureLikelihood(_ samples: Int) throws {
        let data = try encoding.images.select()
        if let notice = data.notice { note(notice) }
        let measured = try model.map { path in
            try VariationalScored(path: path, score: VariationalScored.measure(path, samples: samples, encoding, data, quiet: common.quiet))
        }
        note(data)
        try output(json ? VariationalScored.json(measured) : VariationalScored.table(measured))
    }

    private func check() throws {
        try encoding.check()
        if let samples = likelihood {
            guard (1...10_000).contains(samples) else { throw ToolError.usage("--likelihood is \(samples), not within 1 to 10000") }
            let given = [("--reader", reader != nil), ("--record", record), ("--sample", encoding.sample)]
            if let option = given.first(where: \.1)?.0 { throw ToolError.usage("\(option) has no meaning with --likelihood") }
        }
        guard model.isEmpty != reconstructions.isEmpty else {
            throw ToolError.usage(model.isEmpty ? "nothing to score: name files of reconstructions, or models with --model"
                : "--model and files of reconstructions exclude each other")
        }
        if model.isEmpty, likelihood != nil { throw ToolError.usage("--likelihood needs --model: files of reconstructions have no latents") }
        if model.isEmpty, encoding.sample { throw ToolError.usage("--sample has no meaning without --model: these reconstructions are made") }
    }
}

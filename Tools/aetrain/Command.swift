import ArgumentParser
import Images
import ModelFiles
import Networks
import Optimization
import Requests
import Texts
import ToolSupport
import Training

@main
struct Command: Tool {
    static let configuration = CommandConfiguration(
        commandName: "aetrain",
        abstract: "Trains an auto-encoder and writes weights, history and latents to one HDF5 file.",
        discussion: """
            Examples: aetrain --model conv --bottleneck 2 --data mnist -o conv2.h5
                      aetrain --model net.yaml --data mnist -o net.h5

            A checkpoint is saved after every epoch. SIGINT and SIGTERM finish the step, save, and exit with 128 + n; --resume goes on, to the \
            same bytes as a run that was not interrupted. Equal options and data give equal bytes, whatever --threads says.
            """,
        version: Version.text)

    @Option(help: ArgumentHelp("The network: \(TrainingRequest.models).", valueName: "name"))
    var model: String?
    @Option(help: ArgumentHelp("Latent numbers, or channels of the 4 x 4 latent map of conv; 1 to 64, pca to 1024. (default: 2)", valueName: "k"))
    var bottleneck: Int?
    @OptionGroup var images: DataOptions
    @Option(help: ArgumentHelp("Passes over the training images. (default: 10)", valueName: "n"))
    var epochs: Int?
    @Option(help: ArgumentHelp("Images a step. (default: 64; with --recipe best, what suits the model)", valueName: "n"))
    var batchSize: Int?
    @Option(help: ArgumentHelp("Adam's step size; with --recipe best the largest. (default: 0.001; with best, what suits the model)", valueName: "r"))
    var learningRate: Double?
    @Option(help: ArgumentHelp("Weight of the KL divergence in a variational network's loss. (default: 1)", valueName: "w"))
    var klWeight: Double?
    @Option(help: ArgumentHelp("Weight of the squared error in a variational network's loss. (default: 1)", valueName: "w"))
    var reconstructionWeight: Double?
    @Option(help: ArgumentHelp("Seed of the initial weights, the shuffle and the noise. (default: 0)", valueName: "n"))
    var seed: UInt64?
    @Option(help: ArgumentHelp("Threads; the result does not depend on them. (default: the processors that help)", valueName: "n"))
    var threads: Int?
    @Option(help: ArgumentHelp("The first n training images only.", valueName: "n"))
    var limit: Int?
    @Flag(help: "Take the images in the order of the file.")
    var noShuffle = false
    @Option(help: ArgumentHelp("Noise of a variational network's samples: gaussian, or none for z = mu. (default: gaussian)", valueName: "kind"))
    var noise: TrainingOptions.Noise?
    @Option(name: .customLong("init"), help: ArgumentHelp("Begin with the weights of this model file.", valueName: "file"), completion: .file())
    var initial: String?
    @Option(help: ArgumentHelp(
        "What to keep besides weights and history: of every epoch any of latents,reconstructions,weights; none; or final, the test images' latents at the end. (default: final)",
        valueName: "parts"))
    var record: Recording?
    @Option(help: ArgumentHelp("How to train: report is Adam with a constant learning rate; best has it rise and fall, and the KL divergence gain its weight. (default: report)", valueName: "name"))
    var recipe: Recipe?
    @Option(help: ArgumentHelp("Go on with this run; its options stay, but --epochs may grow where the recipe has no schedule.", valueName: "file"), completion: .file())
    var resume: String?
    @Flag(help: "pca: divide each pixel by its standard deviation.")
    var standardize = false
    @Flag(help: "Replace an existing output.")
    var force = false
    @Flag(help: "Print a line of JSON an epoch: epoch, train_loss, eval_loss, seconds.")
    var json = false
    @Option(name: .shortAndLong, help: ArgumentHelp("The model file to write. (default: the file being resumed)", valueName: "file"), completion: .file())
    var output: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
        let data = try images.select(), request = try request()
        if model == ComponentAnalysis.architecture { return try analyse(request, data) }
        if standardize { throw ToolError.usage("--standardize has no meaning without --model pca") }
        let session = try TrainingSession(request, data.source)
        if let notice = data.notice { note(notice) }
        note(data)
        if try session.testsOnTrainingImages() { noteOneSplit() }
        if session.isFinished { return note("\(resume ?? ""): all \(session.options.epochs) epochs are done") }
        Signals.watch()
        let total = session.options.epochs * session.images.count
        var bar = ProgressBar(total: total, first: session.trainer.state.epochsDone * session.images.count, quiet: common.quiet)
        let finished = try session.run(
            afterStep: { done, loss in
                let epoch = session.trainer.state.epochsDone
                bar.update(epoch * session.images.count + done, "epoch \(epoch + 1)/\(session.options.epochs)  loss \(loss.significant(4))")
                return Signals.pending == 0
            },
            afterEpoch: { record in
                bar.finish()
                try report(record, "epoch \(record.epoch)/\(session.options.epochs)")
            })
        bar.finish()
        if !finished {
            note("stopped at step \(session.trainer.state.step) and saved; --resume \(session.output) goes on")
            throw Stopped(signal: Signals.pending)
        }
    }

    /// Principal components are computed, not trained: one pass, in an epoch's place.
    private func analyse(_ request: TrainingRequest, _ data: DataSelection) throws {
        let session = try ComponentSession(request, standardized: standardize, data.source)
        if let notice = data.notice { note(notice) }
        note(data)
        if try session.testsOnTrainingImages() { noteOneSplit() }
        let result = try session.run(), explained = result.analysis.explainedVarianceRatio.prefix(result.analysis.kept).reduce(0, +)
        try report(result.losses, "\(result.analysis.kept) components explain \((100 * explained).fixed(2)) % of the variance")
    }

    private func noteOneSplit() { note("the test images are the training images: folders (or an HDF5 file's groups) named train and test part them") }

    private func report(_ record: EpochRecord, _ what: String) throws {
        if json {
            try output(JSON.object([
                ("epoch", .integer(record.epoch)), ("train_loss", .number(record.trainLoss)), ("eval_loss", .number(record.evalLoss)),
                ("seconds", .number(record.seconds)),
            ]).text)
        } else {
            note("\(what)  train \(record.trainLoss.significant(5))  eval \(record.evalLoss.significant(5))  \(record.seconds.fixed(2)) s")
        }
    }

    private func request() throws -> TrainingRequest {
        guard let output = output ?? resume else { throw ToolError.usage("-o is needed: the model file to write") }
        try OutputFile.checkName(output)
        var request = TrainingRequest(output: output)
        if let model { try request.choose(model) }
        (request.bottleneck, request.epochs, request.batchSize) = (bottleneck, epochs, batchSize)
        (request.learningRate, request.klWeight, request.reconstructionWeight) = (learningRate, klWeight, reconstructionWeight)
        (request.seed, request.noise, request.limit, request.threads) = (seed, noise, limit, threads)
        request.preparation = try images.preparation()
        request.shuffle = noShuffle ? false : nil
        (request.record, request.recipe, request.initial, request.resume, request.force) = (record, recipe, initial, resume, force)
        return request
    }
}

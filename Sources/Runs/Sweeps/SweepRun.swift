import Images
import ModelFiles
import Networks
import Optimization
import Requests
import SystemFiles
import Texts

/// One run of a sweep: a network to be trained, or principal components to be computed, and the row of the results that it becomes.
public struct SweepRun: Sendable {
    /// The heading of the table that the row stands in.
    public let table: String
    /// The network's name, latent size and loss weights; weights are nil where the loss has none.
    public let model: String, bottleneck: Int, klWeight: Double?, reconstructionWeight: Double?
    /// Nil for principal components, which draw nothing.
    public let seed: UInt64?
    /// What the report, or whoever else, reached with it; percent.
    public let reportAccuracy: Double?
    /// What is asked of the trainer, but for the output.
    var request: TrainingRequest

    /// How the network is trained; without meaning for principal components.
    public var recipe: Recipe { request.recipe ?? .report }

    /// Passes over the images; one for principal components.
    public var epochs: Int { isComponents ? 1 : request.epochs ?? TrainingOptions().epochs }

    public var isComponents: Bool { model == ComponentAnalysis.architecture }

    /// The model file's name: vae-4-kl1.5-seed0.h5.
    public var fileName: String {
        if model == Architecture.reader.rawValue { return SweepResults.readerFile }
        var parts = [model, "\(bottleneck)"]
        if let klWeight { parts.append("kl\(klWeight.plain)") }
        if let reconstructionWeight, reconstructionWeight != 1 { parts.append("rw\(reconstructionWeight.plain)") }
        if let seed { parts.append("seed\(seed)") }
        return parts.joined(separator: "-") + ".h5"
    }

    /// The request for a file in `folder`, where the run goes on if the file is there.
    func request(in folder: String, threads: Int) -> TrainingRequest {
        var request = request
        request.output = "\(folder)/\(fileName)"
        request.threads = threads
        if FileIdentity(request.output) != nil, !isComponents { request.resume = request.output }
        return request
    }

    /// Passes over the images that the run takes, and those that its file in `folder` has had. Throws where that file cannot be read.
    func epochs(in folder: String) throws -> (all: Int, done: Int) {
        let path = "\(folder)/\(fileName)", all = epochs
        guard FileIdentity(path) != nil else { return (all, 0) }
        return (all, isComponents ? 1 : min(all, try TrainingRecord(StoredFile(path).root).state.epochsDone))
    }
}

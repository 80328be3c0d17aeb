import HDF5Library
import HDF5Reader
import HDF5Types
import Layers
import Networks
import Optimization
import SystemFiles
import Texts

/// /training: what the run was told, what it was trained on, and where it stands.
public struct TrainingRecord {
    public var options: TrainingOptions
    public var state: TrainingState
    /// Training images, and the SHA-256 of the training and evaluation images and labels.
    public var images: Int
    public var dataDigest: [UInt8]
    public var record: Recording

    public init(options: TrainingOptions, state: TrainingState, images: Int, dataDigest: [UInt8], record: Recording) {
        (self.options, self.state, self.images, self.dataDigest) = (options, state, images, dataDigest)
        self.record = record
    }

    /// The generator of all random numbers; with the seed and the steps done it has no further state.
    static let generator = "philox4x32-10"

    func write(_ network: Network, to root: Group) throws {
        let group = try root.add("training", .training)
        try group.setAttribute("epochs", to: Int64(options.epochs))
        try group.setAttribute("batch_size", to: Int64(options.batchSize))
        try group.setAttribute("learning_rate", to: options.learningRate)
        try group.setAttribute("kl_weight", to: options.klWeight)
        try group.setAttribute("reconstruction_weight", to: options.reconstructionWeight)
        try group.setAttribute("seed", to: Int64(bitPattern: options.seed))
        try group.setAttribute("shuffle", to: Int64(options.shuffle ? 1 : 0))
        try group.setAttribute("noise", to: options.noise.rawValue)
        try group.setAttribute("recipe", to: options.recipe.rawValue)
        try group.setAttribute("record", to: record.description)
        try group.setAttribute("images", to: Int64(images))
        try group.setAttribute("data_sha256", to: dataDigest)
        try group.setAttribute("epochs_done", to: Int64(state.epochsDone))
        let history = try group.add("history", .history)
        try history.add(state.history.map { Int64($0.epoch) }, as: "epoch")
        try history.add(state.history.map(\.trainLoss), as: "train_loss")
        try history.add(state.history.map(\.evalLoss), as: "eval_loss")
        try writeState(network, to: group.add("state", .state))
    }

    private func writeState(_ network: Network, to group: Group) throws {
        try group.setAttribute("generator", to: Self.generator)
        try group.setAttribute("step", to: Int64(state.step))
        try group.setAttribute("step_in_epoch", to: Int64(state.stepInEpoch))
        try group.setAttribute("loss_sum", to: state.lossSum)
        let means = try group.add("m", .moments), squares = try group.add("v", .moments)
        for (name, parameter) in network.parameters where parameter.description.role == .trainable {
            guard let mean = parameter.mean, let square = parameter.square else { continue }
            try means.add(UnsafeBufferPointer(mean), shape: parameter.description.shape, as: name)
            try squares.add(UnsafeBufferPointer(square), shape: parameter.description.shape, as: name)
        }
    }

    /// Reads /training, but for Adam's state. Throws `HDF5Error`.
    public init(_ root: StoredGroup) throws {
        let group = try root.group("training"), history = try group.group("history"), stored = try group.group("state")
        options = TrainingOptions()
        options.epochs = try group.integer("epochs", in: 1...TrainingOptions.largestCount)
        options.batchSize = try group.integer("batch_size", in: 1...TrainingOptions.largestBatch)
        options.learningRate = try group.finite("learning_rate")
        options.klWeight = try group.finite("kl_weight")
        options.reconstructionWeight = try group.finite("reconstruction_weight")
        options.seed = UInt64(bitPattern: try group.attribute("seed", as: Int64.self))
        options.shuffle = try group.flag("shuffle")
        options.noise = try group.choice("noise")
        options.recipe = try group.choice("recipe")
        let recorded: String = try group.attribute("record")
        guard let record = Recording(recorded) else { throw group.error("record is '\(recorded.printable)', which names nothing") }
        self.record = record
        images = try group.integer("images", in: 1...TrainingOptions.largestCount)
        dataDigest = try group.attribute("data_sha256")
        state = TrainingState()
        let epochs = try group.integer("epochs_done", in: 0...TrainingOptions.largestCount)
        let numbers: [Int64] = try history.values("epoch", shape: [epochs])
        let train: [Double] = try history.values("train_loss", shape: [epochs]), eval: [Double] = try history.values("eval_loss", shape: [epochs])
        guard numbers.elementsEqual((0..<epochs).map { Int64($0 + 1) }) else { throw history.error("epochs are not numbered from 1") }
        state.history = (0..<epochs).map { EpochRecord(epoch: $0 + 1, trainLoss: train[$0], evalLoss: eval[$0]) }
        state.step = try stored.integer("step", in: 0...Int.max)
        state.stepInEpoch = try stored.integer("step_in_epoch", in: 0...TrainingOptions.largestCount)
        state.lossSum = try stored.finite("loss_sum")
        let generator: String = try stored.attribute("generator")
        guard generator == Self.generator else { throw stored.error("generator is '\(generator.printable)', not \(Self.generator)") }
    }

    /// Loads Adam's state into a network that was prepared to train. Throws `HDF5Error`.
    public static func loadState(_ network: Network, from root: StoredGroup) throws {
        for (path, moment) in [("training/state/m", \Parameter.mean), ("training/state/v", \Parameter.square)] {
            let group = try root.group(path)
            for (name, parameter) in network.parameters where parameter.description.role == .trainable {
                guard let target = parameter[keyPath: moment] else { preconditionFailure("\(name) was not prepared to train") }
                try group.load(name, shape: parameter.description.shape, into: target)
            }
        }
    }
}

extension TrainingOptions {
    /// The most epochs and images, and the largest batch, that the tools take.
    public static let largestCount = 1 << 40, largestBatch = 1 << 16
}

extension ReadableObject {
    func finite(_ name: String) throws -> Double {
        let value: Double = try attribute(name)
        guard value.isFinite else { throw error("\(name) is \(value)") }
        return value
    }
}

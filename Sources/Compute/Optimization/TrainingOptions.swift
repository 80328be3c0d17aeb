/// What a training run is told, and what a file keeps of it: with the same options and data, the same weights.
public struct TrainingOptions: Sendable, Equatable {
    /// The noise of a variational network's samples: `none` makes z = mu.
    public enum Noise: String, Sendable, CaseIterable { case gaussian, none }

    public var epochs = 10
    public var batchSize = 64
    public var recipe = Recipe.report
    /// Adam's step size; the largest one of `Recipe.best`.
    public var learningRate = 1e-3
    /// Weights of the VAE loss's parts; a deterministic network's loss has none.
    public var klWeight = 1.0, reconstructionWeight = 1.0
    public var seed: UInt64 = 0
    public var shuffle = true
    public var noise = Noise.gaussian

    public init() {}
}

/// One epoch's results.
public struct EpochRecord: Sendable, Equatable {
    /// From 1.
    public let epoch: Int
    /// The loss averaged over the training images, each with the weights of its step, and over the evaluation images with the epoch's last
    /// weights and z = mu; NaN where there are no evaluation images.
    public let trainLoss: Double, evalLoss: Double
    /// Seconds of training alone; not kept in a file, whose bytes do not depend on the machine's speed.
    public var seconds = 0.0

    public init(epoch: Int, trainLoss: Double, evalLoss: Double, seconds: Double = 0) {
        (self.epoch, self.trainLoss, self.evalLoss, self.seconds) = (epoch, trainLoss, evalLoss, seconds)
    }
}

/// Where a run stands: with this, the weights and Adam's state, it goes on as if it had not stopped.
public struct TrainingState: Sendable, Equatable {
    /// Steps done, over all epochs.
    public var step = 0
    /// Steps done of the epoch under way, and the sum of its images' losses.
    public var stepInEpoch = 0
    public var lossSum = 0.0
    public var history: [EpochRecord] = []

    public init() {}

    public var epochsDone: Int { history.count }
}

/// A loss that is no number: training cannot go on.
public struct DivergenceError: Error, CustomStringConvertible {
    public let epoch: Int, step: Int, loss: Double

    package init(epoch: Int, step: Int, loss: Double) { (self.epoch, self.step, self.loss) = (epoch, step, loss) }

    public var description: String { "the loss is \(loss) at step \(step) of epoch \(epoch)" }
}

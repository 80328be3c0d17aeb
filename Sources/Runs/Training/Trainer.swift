import CKernels
import Images
import Layers
import Networks
import Optimization
import Platform
import Tensors

/// Trains a network: forward, loss, backward and the optimiser's step for every batch of every epoch, on a team of threads. The result does not depend on
/// their number.
public final class Trainer {
    public let network: Network
    public let options: TrainingOptions
    public private(set) var state: TrainingState
    private let data: PreparedImages, evaluation: PreparedImages?
    private let team: Team
    private let workspace: Workspace
    private let loss: Loss
    private let schedule: Schedule
    private let optimizer: any Optimizer
    /// Whether layers may take the optimiser's step themselves, and the ranges of the flat gradient that are then left for the optimiser.
    private let fuses: Bool, stepped: [Range<Int>]
    /// The losses of two batches in turn, so that a thread may start on one while another still adds up the one before.
    private let cells: [PartialSums]
    /// Set by one thread between two barriers, read by all after the second.
    private var stopping = false

    /// Images of a batch of the evaluation.
    private static let evaluationBatch = 64

    /// - Parameters:
    ///   - data: the training images, with labels if the network is conditional or a reader.
    ///   - evaluation: the images of the evaluation loss.
    ///   - state: where an earlier run stopped, with its weights and Adam's state in `network` (see `Parameter.mean`).
    ///   - keepsGradient: leaves each step's whole gradient in the network's memory. Without it layers may take Adam's step as soon as they have their
    ///     gradient, to the same bits, and keep none.
    public init(_ network: Network, _ options: TrainingOptions, data: PreparedImages, evaluation: PreparedImages?, threads: Int, resuming state: TrainingState = .init(),
                keepsGradient: Bool = false) {
        (self.network, self.options, self.data, self.evaluation, self.state) = (network, options, data, evaluation, state)
        team = Team(size: threads)
        let capacity = max(options.batchSize, Self.evaluationBatch)
        workspace = Workspace(network, images: capacity, members: team.size, training: true)
        optimizer = Adam()
        fuses = optimizer.canFuse && !keepsGradient
        stepped = fuses ? network.unfusedRanges : network.memory.ranges()
        network.memory.prepareToTrain(stateCount: optimizer.stateCount)
        let loss = Loss(network.description, options)
        self.loss = loss
        schedule = Schedule(options, stepsPerEpoch: (data.count + options.batchSize - 1) / options.batchSize)
        cells = (0..<2).map { _ in loss.cells(blocks: Lanes.blocks(capacity)) }
    }

    public var stepsPerEpoch: Int { (data.count + options.batchSize - 1) / options.batchSize }
    public var isFinished: Bool { state.epochsDone >= options.epochs }

    /// Trains to the end of an epoch, evaluates, and adds the epoch to the history.
    ///
    /// - Parameter afterStep: called on the calling thread after every step, with the number of images done in this epoch and their mean loss;
    ///   training stops after this step where it returns false.
    /// - Returns: the epoch's record, or nil where it was stopped before its end: `state` then says where.
    /// - Throws: `DivergenceError`, and what reading images in place throws; the weights are then not to be kept.
    public func runEpoch(afterStep: (_ images: Int, _ loss: Double) -> Bool) throws -> EpochRecord? {
        let started = Clock.now()
        stopping = false
        let order = options.shuffle ? Philox(seed: options.seed, purpose: .shuffle, stream: state.epochsDone).permutation(data.count) : nil
        let batches = Batches(images: data, size: options.batchSize, order: order)
        var failure: DivergenceError?
        let start = state
        team.run { member in
            var step = start.stepInEpoch, sum = start.lossSum
            while step < batches.count {
                sum += train(step, batches, member, firstStep: start.step - start.stepInEpoch)
                step += 1
                if member.index == 0 {
                    state.step += 1
                    (state.stepInEpoch, state.lossSum) = (step, sum)
                    if !sum.isFinite { failure = DivergenceError(epoch: start.epochsDone + 1, step: step, loss: sum) }
                    let done = batches.range(step - 1).upperBound
                    if batches.failure.error != nil || !afterStep(done, sum / Double(done)) || failure != nil { stopping = true }
                }
                member.barrier()
                if stopping { break }
            }
        }
        if let error = batches.failure.error ?? failure { throw error }
        guard state.stepInEpoch == batches.count else { return nil }
        let seconds = Clock.now() - started, epoch = state.epochsDone + 1, evalLoss = try evaluation.map(evaluate)
        // The last step may have been the one too far, which no loss of a later step tells any more.
        if let evalLoss, !evalLoss.isFinite { throw DivergenceError(epoch: epoch, step: state.stepInEpoch, loss: evalLoss) }
        let record = EpochRecord(epoch: epoch, trainLoss: state.lossSum / Double(data.count), evalLoss: evalLoss ?? .nan, seconds: seconds)
        state.history.append(record)
        (state.stepInEpoch, state.lossSum) = (0, 0)
        return record
    }

    /// One step; returns the sum of the batch's losses, the same on every thread.
    private func train(_ batch: Int, _ batches: Batches, _ member: Member, firstStep: Int) -> Double {
        let images = batches.range(batch).count, labels = batches.labels(batch), step = firstStep + batch
        var pass = workspace.pass(member, images: images, training: true)
        let klShare = schedule.klShare(step: step)
        pass.klScale = Float(loss.klWeight * klShare / Double(images))
        let rate = schedule.learningRate(step: step)
        if fuses { pass.fusedStep = optimizer.fusedStep(step, learningRate: rate) }
        pass.draws = Draws(seed: options.seed, step: step)
        batches.load(batch, labels, workspace, pass)
        if let noise = workspace.noise {
            pass.noise = noise
            if options.noise == .gaussian, pass.leadsRuns {
                let generator = Philox(seed: options.seed, purpose: .noise, stream: step)
                for block in pass.ownBlocks { generator.fillNormals(noise, block: block, firstImage: 0) }
            }
        }
        let cells = cells[batch % 2]
        network.forward(network.stages[...], workspace, pass)
        loss.measure(workspace, pass, labels: labels, klShare: klShare, gradient: workspace.outputGradient, cells)
        network.backward(workspace, pass)
        for range in stepped { optimizer.step(step, learningRate: rate, network.memory, member.rows(of: range)) }
        member.barrier()
        return loss.sum(cells, pass)
    }

    /// The mean loss of `images` with the network's running statistics and z = mu.
    private func evaluate(_ images: PreparedImages) throws -> Double {
        let batches = Batches(images: images, size: Self.evaluationBatch, order: nil)
        var total = 0.0
        team.run { member in
            var sum = 0.0
            for batch in 0..<batches.count {
                let labels = batches.labels(batch), pass = workspace.pass(member, images: batches.range(batch).count)
                let cells = cells[batch % 2]
                batches.load(batch, labels, workspace, pass)
                network.forward(network.stages[...], workspace, pass)
                loss.measure(workspace, pass, labels: labels, gradient: nil, cells)
                member.barrier()
                sum += loss.sum(cells, pass)
            }
            if member.index == 0 { total = sum }
        }
        if let error = batches.failure.error { throw error }
        return total / Double(images.count)
    }
}

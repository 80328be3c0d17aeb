import Networks
import Platform

/// How a run is driven: what changes from step to step.
public enum Recipe: String, CaseIterable, Sendable {
    /// The report's: Adam with a constant learning rate.
    case report
    /// Small batches, one cycle of the learning rate (Smith and Topin 2017), and a KL divergence that gains its weight in the first epochs.
    case best

    /// The step size, or the largest one, that suits a network.
    public func learningRate(for model: ModelDescription) -> Double {
        guard self == .best else { return 1e-3 }
        return switch Architecture(rawValue: model.architecture) {
        case .simple, .conv: 1e-2
        case .ae: 6e-3
        case .convVAE: 5e-3
        default: 4e-3
        }
    }

    /// The images of a step that suit a network.
    public func batchSize(for model: ModelDescription) -> Int {
        guard self == .best else { return 64 }
        return Architecture(rawValue: model.architecture) == .vae ? 16 : 32
    }
}

/// The learning rate and the share of the KL weight at each step of a run.
public struct Schedule: Sendable {
    /// One cycle as torch.optim.lr_scheduler.OneCycleLR has it: in `rise` of the steps from peak / `start` to the peak, then down to peak / `start` / `end`,
    /// each way along half a cosine. (Its momentum stays as it is.)
    static let rise = 0.15, start = 25.0, end = 1e4
    /// The part of the steps in which the KL divergence gains its weight, along a straight line.
    static let warmUp = 0.5

    private let recipe: Recipe
    private let peak: Double, steps: Double

    public init(_ options: TrainingOptions, stepsPerEpoch: Int) {
        (recipe, peak) = (options.recipe, options.learningRate)
        steps = Double(options.epochs * stepsPerEpoch)
    }

    /// Adam's step size at a step, from 0.
    public func learningRate(step: Int) -> Double {
        guard recipe == .best else { return peak }
        let step = Double(step), top = Self.rise * steps - 1, first = peak / Self.start
        if step < top { return Self.between(first, peak, step / top) }
        return Self.between(peak, first / Self.end, (step - top) / (steps - 1 - top))
    }

    /// What multiplies the KL weight at a step, from 0.
    public func klShare(step: Int) -> Double {
        recipe == .best ? min(1, (Double(step) + 1) / (steps * Self.warmUp)) : 1
    }

    /// From one number to another along half a cosine.
    private static func between(_ first: Double, _ last: Double, _ part: Double) -> Double {
        last + (first - last) * (1 + cos(.pi * part)) / 2
    }
}

import CKernels
import Layers

/// Moves parameters by their gradient. An optimiser is a value: what it keeps from step to step lies in the parameters' memory.
public protocol Optimizer: Sendable {
    /// The flat arrays that it keeps beside the values (see `ParameterMemory.state`).
    var stateCount: Int { get }

    /// A step on some floats of the flat arrays, whole rows of 16, from their gradient. Threads call it together, each with its own rows of
    /// every tensor.
    ///
    /// - Parameter step: from 0.
    func step(_ step: Int, learningRate: Double, _ memory: ParameterMemory, _ range: Range<Int>)

    /// The numbers of a step that layers may take themselves, to the same bits; nil where the optimiser is none that they know.
    func fusedStep(_ step: Int, learningRate: Double) -> aek_adam?
}

extension Optimizer {
    public func fusedStep(_ step: Int, learningRate: Double) -> aek_adam? { nil }

    /// Whether layers know its step.
    package var canFuse: Bool { fusedStep(0, learningRate: 0) != nil }
}

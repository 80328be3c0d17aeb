import CKernels
import Layers
import Platform
import Tensors

/// Adam (Kingma and Ba 2015), with the constants and the bias corrections of torch.optim.Adam:
/// m += (1 - beta1) (g - m), v = beta2 v + (1 - beta2) g^2, w -= rate / (1 - beta1^t) m / (sqrt(v / (1 - beta2^t)) + epsilon), t from 1.
public struct Adam: Optimizer {
    public static let beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8

    public init() {}

    /// m and v.
    public var stateCount: Int { 2 }

    public func step(_ step: Int, learningRate: Double, _ memory: ParameterMemory, _ range: Range<Int>) {
        guard let gradient = memory.gradient, memory.state.count == stateCount else { preconditionFailure("a step without prepareToTrain") }
        var numbers = numbers(step, learningRate)
        let first = range.lowerBound
        Kernels.table.adam(memory.values.pointer + first, memory.state[0].pointer + first, memory.state[1].pointer + first, gradient.pointer + first,
                           range.count, &numbers)
    }

    public func fusedStep(_ step: Int, learningRate: Double) -> aek_adam? { numbers(step, learningRate) }

    private func numbers(_ step: Int, _ learningRate: Double) -> aek_adam {
        let t = Double(step + 1), correction1 = 1 - pow(Self.beta1, t), correction2 = 1 - pow(Self.beta2, t)
        return aek_adam(beta1: Float(Self.beta1), beta2: Float(Self.beta2), rest1: Float(1 - Self.beta1), rest2: Float(1 - Self.beta2),
                        epsilon: Float(Self.epsilon), rate: Float(learningRate / correction1), scale: Float(1 / correction2.squareRoot()))
    }
}

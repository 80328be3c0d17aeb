import CKernels

/// A function of each number, as the kernels know it: a layer of its own, or joined to the layer before, which applies it as it stores its result.
public struct Activation: Sendable, Equatable {
    /// What the function's gradient is made from. Where the result serves, nobody need keep the argument.
    public enum Source: Sendable { case result, argument }

    public static let identity = Activation(AEK_IDENTITY)

    private let function: aek_function, a: Float, b: Float
    public let gradientFrom: Source

    /// A row of the kernels' table (see `activations.inc`), with its parameters.
    init(_ function: aek_function, _ a: Double = 0, _ b: Double = 0, gradientFrom: Source = .result) {
        (self.function, self.a, self.b, self.gradientFrom) = (function, Float(a), Float(b), gradientFrom)
    }

    var kernel: aek_activation {
        aek_activation(function: function, from_argument: gradientFrom == .argument ? 1 : 0, a: a, b: b)
    }
}

/// A layer that is a function of each number: it takes any shape, and has no tensors.
public protocol ActivationLayer: LayerDescription {
    var activation: Activation { get }
}

extension ActivationLayer {
    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] { input }
    public func operation(input: [Int]) -> (any Operation)? { ActivationOperation(activation, features: input.reduce(1, *)) }
}

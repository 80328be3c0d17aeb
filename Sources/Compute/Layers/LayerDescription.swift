/// A layer as data: what a model file lists and what an architecture is made of. The layer that computes is its `operation`.
///
/// Shapes are of one image, without the batch axis: [features], or [channels, height, width].
public protocol LayerDescription: Sendable {
    /// PyTorch's name of the layer.
    static var type: String { get }

    /// The arguments as written in a file, in order.
    var arguments: [LayerArgument] { get }

    /// Throws `LayerError` for arguments that this layer does not take.
    init(_ arguments: inout ArgumentList) throws(LayerError)

    /// The output's shape, or `LayerError` where the layer does not take `input`.
    func outputShape(of input: [Int]) throws(LayerError) -> [Int]

    /// The tensors, in PyTorch's order and with PyTorch's names and shapes.
    var parameters: [ParameterDescription] { get }

    /// True multiply-adds an image, without those of a bias.
    func multiplyAdds(of input: [Int]) -> Int

    /// What computes the layer; nil for layers that move nothing in memory.
    func operation(input: [Int]) -> (any Operation)?
}

extension LayerDescription {
    public var parameters: [ParameterDescription] { [] }
    public func multiplyAdds(of input: [Int]) -> Int { 0 }

    /// The layer as a file lists it and as PyTorch prints it: `Linear(1024, 128)`.
    public var text: String {
        "\(Self.type)(\(arguments.map(\.text).joined(separator: ", ")))"
    }

    /// The number of trainable parameters.
    public var parameterCount: Int {
        parameters.reduce(0) { $0 + ($1.role == .trainable ? $1.count : 0) }
    }
}

/// A tensor of a layer.
public struct ParameterDescription: Sendable, Equatable {
    public enum Role: Sendable, Equatable {
        /// Adam changes it.
        case trainable
        /// A running statistic, which training changes but not by its gradient.
        case statistic
        /// An int64 scalar: `num_batches_tracked`.
        case counter
    }

    /// "weight", "bias", "running_mean"...
    public let name: String
    /// Axis order as PyTorch's; [] for a scalar.
    public let shape: [Int]
    public let role: Role
    /// Initial values come from U(-bound, bound), or are `constant`.
    public let initial: Initial

    public enum Initial: Sendable, Equatable {
        case uniform(bound: Float)
        case constant(Float)
    }

    public var count: Int { shape.reduce(1, *) }

    public init(_ name: String, _ shape: [Int], role: Role = .trainable, initial: Initial) {
        (self.name, self.shape, self.role, self.initial) = (name, shape, role, initial)
    }
}

/// What is wrong with a layer's arguments or with the shape that it is given.
public struct LayerError: Error, CustomStringConvertible, Equatable {
    public let description: String
    public init(_ description: String) { self.description = description }
}

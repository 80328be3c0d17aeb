import Layers
import Tensors

/// A network in memory: the operations of a description, and where each reads and writes.
public final class Network {
    public let description: ModelDescription
    public let stages: [Stage]
    /// Every tensor under its name in PyTorch's `state_dict`, in the description's order.
    public let parameters: [(name: String, parameter: Parameter)]
    /// The memory of those that are trained.
    public let memory: ParameterMemory

    /// Features of each activation buffer, the labels that follow in the same memory included. Buffer 0 holds the input.
    let bufferFeatures: [Int]
    /// Where one-hot labels stand: buffer and first feature.
    let labelRows: [(buffer: Int, feature: Int)]
    /// The buffer whose first features are z, and the stages before it.
    let latentBuffer: Int, encoderStages: Int

    /// One operation, which may stand for a layer and the activation after it: it reads the first features of a buffer, and writes some of another.
    public struct Stage {
        public let operation: any Operation
        public let input: Int, inputFeatures: Int
        public let output: Int, firstOutput: Int, outputFeatures: Int
        /// Whether its gradient for the input is added to that of a later stage with the same input.
        public internal(set) var accumulates = false
    }

    /// The network of `description`, all parameters zero.
    public init(_ description: ModelDescription) {
        var plan = Plan(description)
        plan.addLayers()
        self.description = description
        stages = plan.stages.enumerated().map { index, stage in
            var stage = stage
            stage.accumulates = plan.stages[(index + 1)...].contains { $0.input == stage.input }
            return stage
        }
        parameters = plan.parameters
        memory = ParameterMemory(plan.parameters.map(\.parameter))
        bufferFeatures = plan.bufferFeatures
        labelRows = plan.labelRows
        latentBuffer = plan.latentBuffer
        encoderStages = plan.encoderStages
    }

    /// Initial values, a function of the seed alone.
    public func initialize(seed: UInt64) {
        for (index, (_, parameter)) in parameters.enumerated() {
            switch parameter.description.initial {
            case .uniform(let bound): Philox(seed: seed, purpose: .weights, stream: index).fillUniform(parameter.values, bound: bound)
            case .constant(let value): parameter.values.update(repeating: value)
            }
            parameter.counter = 0
        }
    }

    /// The tensors of some stages alone, in the same order.
    public func parameters(of some: ArraySlice<Stage>) -> ArraySlice<(name: String, parameter: Parameter)> {
        let first = stages[..<some.startIndex].reduce(0) { $0 + $1.operation.parameters.count }
        return parameters[first...].prefix(some.reduce(0) { $0 + $1.operation.parameters.count })
    }

    /// The first tensor that holds a number which is not finite, its own or one of Adam's; nil where all are.
    public var firstNotFinite: String? {
        parameters.first { _, parameter in
            [parameter.values, parameter.mean, parameter.square].contains { $0.map { !$0.allSatisfy(\.isFinite) } ?? false }
        }?.name
    }

    /// The stage that samples z, if the network is variational.
    public var gaussian: (stage: Stage, operation: GaussianOperation)? {
        for stage in stages {
            if let operation = stage.operation as? GaussianOperation { return (stage, operation) }
        }
        return nil
    }

    public var inputFeatures: Int { description.inputCount }
    public var lastStage: Stage { stages[stages.count - 1] }
}

/// Turns layers into stages.
private struct Plan {
    let description: ModelDescription
    var stages: [Network.Stage] = []
    var parameters: [(name: String, parameter: Parameter)] = []
    var bufferFeatures: [Int]
    var labelRows: [(buffer: Int, feature: Int)] = []
    var latentBuffer = 0, encoderStages = 0
    private var current = 0, features: Int
    /// The operation that wrote the current activations, while an activation function may still be joined to it.
    private var last: (any Operation)?

    init(_ description: ModelDescription) {
        self.description = description
        features = description.inputCount
        bufferFeatures = [features]
    }

    mutating func addLayers() {
        var index = 0
        while index < description.layers.count {
            let hasHeads = index + 2 < description.layers.count && description.layers[index + 2].layer is Gaussian
            if hasHeads {
                addHeads(index)
                index += 2
            } else {
                add(index)
                index += 1
            }
        }
    }

    /// mu's layer and the log-variance's, which read the same features and write [mu, logvar] side by side.
    private mutating func addHeads(_ index: Int) {
        let heads = [index, index + 1], sizes = heads.map { description.outputShapes[$0].reduce(1, *) }
        let (input, inputs) = (current, features)
        bufferFeatures.append(sizes[0] + sizes[1])
        for (head, first) in zip(heads, [0, sizes[0]]) {
            guard let operation = description.layers[head].layer.operation(input: description.inputShape(of: head)) else {
                preconditionFailure("a head is a layer that computes")
            }
            add(Network.Stage(operation: operation, input: input, inputFeatures: inputs, output: bufferFeatures.count - 1, firstOutput: first,
                              outputFeatures: sizes[head - index]), of: head)
        }
        (current, features, last) = (bufferFeatures.count - 1, sizes[0] + sizes[1], nil)
    }

    private mutating func add(_ index: Int) {
        let layer = description.layers[index].layer
        let output = description.outputShapes[index].reduce(1, *)
        if let function = (layer as? any ActivationLayer)?.activation, let last, last.activation == .identity, last.takes(function) {
            last.activation = function
            self.last = nil
        } else if let operation = layer.operation(input: description.inputShape(of: index)) {
            add(operation, features: output, of: index)
        } else if layer is ConcatLabels {
            labelRows.append((current, features))
            bufferFeatures[current] = max(bufferFeatures[current], output)
            features = output
            last = nil
        }
        if index == description.latentIndex {
            (latentBuffer, encoderStages) = (current, stages.count)
            last = nil
        }
    }

    private mutating func add(_ operation: any Operation, features output: Int, of layer: Int) {
        bufferFeatures.append(output)
        add(Network.Stage(operation: operation, input: current, inputFeatures: features, output: bufferFeatures.count - 1, firstOutput: 0,
                          outputFeatures: output), of: layer)
        (current, features) = (bufferFeatures.count - 1, output)
        (operation as? DropoutOperation)?.place = layer
        last = operation
    }

    private mutating func add(_ stage: Network.Stage, of layer: Int) {
        stages.append(stage)
        let name = description.layers[layer].name
        for parameter in stage.operation.parameters { parameters.append(("\(name).\(parameter.description.name)", parameter)) }
    }
}

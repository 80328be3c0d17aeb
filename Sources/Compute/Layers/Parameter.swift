import Tensors

/// A named tensor of a layer: a slice of the network's `ParameterMemory`, or memory of its own until it is moved there.
public final class Parameter {
    /// The name in its layer: "weight". For layers that stand for several, the parameter's place among them is `part`.
    public let description: ParameterDescription
    public let part: Int
    /// The value of a counter, which has no floats.
    public var counter: Int64 = 0
    private let whole: Parameter?
    private var buffer: FloatBuffer
    private var memory: ParameterMemory?
    private var offset: Int

    /// A tensor of zeros.
    init(_ description: ParameterDescription) {
        (self.description, part, whole, offset) = (description, 0, nil, 0)
        buffer = FloatBuffer(count: description.role == .counter ? 0 : description.count)
    }

    /// The part of another that begins `offset` floats after its start.
    init(_ description: ParameterDescription, part: Int, of whole: Parameter, offset: Int) {
        (self.description, self.part, self.whole, self.offset) = (description, part, whole, offset)
        buffer = whole.buffer
    }

    /// What has memory: this, or the tensor that it is a part of.
    var stored: Parameter { whole ?? self }

    /// The values in row-major order of the shape; empty for a counter.
    public var values: UnsafeMutableBufferPointer<Float> { slice(stored.buffer) }
    /// The loss's gradient of the last backward pass, unless the step was fused with it; nil where the parameter is not trained.
    public var gradient: UnsafeMutableBufferPointer<Float>? { (stored.memory?.gradient).map(slice) }
    /// Adam's running mean of the gradient; nil where the parameter is not trained.
    public var mean: UnsafeMutableBufferPointer<Float>? { state(0) }
    /// Adam's running mean of the gradient's square; nil where the parameter is not trained.
    public var square: UnsafeMutableBufferPointer<Float>? { state(1) }

    /// The part of one of the optimiser's flat arrays, if it keeps so many.
    private func state(_ index: Int) -> UnsafeMutableBufferPointer<Float>? {
        guard let state = stored.memory?.state, state.indices.contains(index) else { return nil }
        return slice(state[index])
    }

    private func slice(_ buffer: FloatBuffer) -> UnsafeMutableBufferPointer<Float> {
        let first = whole.map { $0.offset + offset } ?? offset
        return UnsafeMutableBufferPointer(start: buffer.pointer + first, count: description.role == .counter ? 0 : description.count)
    }

    /// Moves the values into a network's memory, where all the rest of the parameter is from then on.
    func move(to memory: ParameterMemory, at offset: Int) {
        (memory.values.pointer + offset).update(from: values.baseAddress!, count: values.count)
        (buffer, self.memory, self.offset) = (memory.values, memory, offset)
    }
}

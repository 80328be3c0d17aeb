import Tensors

/// A named tensor of a layer: a slice of the network's `ParameterMemory`, or memory of its own until it is moved there.
public final class Parameter {
    /// The name in its layer: "weight".
    public let description: ParameterDescription
    /// The values in row-major order of the shape; empty for a counter.
    public private(set) var values: UnsafeMutableBufferPointer<Float>
    /// The value of a counter, which has no floats.
    public var counter: Int64 = 0
    /// What `values` lie in, and where.
    private var buffer: FloatBuffer, offset = 0
    private var memory: ParameterMemory?

    /// A tensor of zeros.
    init(_ description: ParameterDescription) {
        self.description = description
        buffer = FloatBuffer(count: description.role == .counter ? 0 : description.count)
        values = buffer.elements
    }

    /// The loss's gradient of the last backward pass, unless the step was fused with it; nil where the parameter is not trained.
    public var gradient: UnsafeMutableBufferPointer<Float>? { (memory?.gradient).map(slice) }
    /// Adam's running mean of the gradient; nil where the parameter is not trained.
    public var mean: UnsafeMutableBufferPointer<Float>? { state(0) }
    /// Adam's running mean of the gradient's square; nil where the parameter is not trained.
    public var square: UnsafeMutableBufferPointer<Float>? { state(1) }

    /// The part of one of the optimiser's flat arrays, if it keeps so many.
    private func state(_ index: Int) -> UnsafeMutableBufferPointer<Float>? {
        guard let state = memory?.state, state.indices.contains(index) else { return nil }
        return slice(state[index])
    }

    private func slice(_ buffer: FloatBuffer) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: buffer.pointer + offset, count: values.count)
    }

    /// Moves the values into a network's memory, where all the rest of the parameter is from then on.
    func move(to memory: ParameterMemory, at offset: Int) {
        (memory.values.pointer + offset).update(from: values.baseAddress!, count: values.count)
        (buffer, self.memory, self.offset) = (memory.values, memory, offset)
        values = slice(buffer)
    }
}

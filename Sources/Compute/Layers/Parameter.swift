import CKernels
import Tensors

/// A named tensor in memory: a part, or the whole, of a `ParameterStorage`.
public final class Parameter {
    /// The name in its layer: "weight". For layers that stand for several, the parameter's place among them is `part`.
    public let description: ParameterDescription
    public let part: Int
    /// The value of a counter, which has no floats.
    public var counter: Int64 = 0
    private let storage: ParameterStorage
    private let offset: Int

    init(_ description: ParameterDescription, part: Int = 0, in storage: ParameterStorage, offset: Int = 0) {
        (self.description, self.part, self.storage, self.offset) = (description, part, storage, offset)
    }

    /// The values in row-major order of the shape; empty for a counter.
    public var values: UnsafeMutableBufferPointer<Float> { slice(storage.values) }
    /// Adam's running mean of the gradient; nil where the parameter is not trained.
    public var mean: UnsafeMutableBufferPointer<Float>? { storage.mean.map(slice) }
    /// Adam's running mean of the gradient's square; nil where the parameter is not trained.
    public var square: UnsafeMutableBufferPointer<Float>? { storage.square.map(slice) }

    private func slice(_ buffer: FloatBuffer) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: buffer.pointer + offset, count: description.role == .counter ? 0 : description.count)
    }
}

/// The values of parameters that Adam treats as one, with Adam's state once they are trained.
final class ParameterStorage {
    let values: FloatBuffer
    private(set) var mean: FloatBuffer?, square: FloatBuffer?

    init(count: Int) { values = FloatBuffer(count: count) }

    func prepareToTrain() {
        guard mean == nil else { return }
        mean = FloatBuffer(count: values.count)
        square = FloatBuffer(count: values.count)
    }

    /// Adam's step for a gradient that is the sum of `parts` arrays, `stride` floats apart, over `count` values from `offset`.
    func step(_ gradient: UnsafePointer<Float>, parts: Int = 1, stride: Int = 0, offset: Int = 0, count: Int? = nil, _ adam: aek_adam) {
        guard let mean, let square else { preconditionFailure("a step without prepareToTrain") }
        var adam = adam
        Kernels.table.adam(values.pointer + offset, mean.pointer + offset, square.pointer + offset, gradient, parts, stride,
                           count ?? values.count, &adam)
    }
}

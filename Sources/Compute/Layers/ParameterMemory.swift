import Tensors

/// The trainable tensors of a network in one piece, in `state_dict` order: their values, and in training the gradient and what the optimiser
/// keeps beside them, each a flat array of the same layout.
///
/// Every tensor is padded with zeros to whole rows of 16 floats, so that each begins on a cache line, and an optimiser may step over any
/// rows without asking whose they are: a gradient of zero leaves zeros as they are.
public final class ParameterMemory {
    public let values: FloatBuffer
    /// The gradient of the last backward pass; nil before `prepareToTrain`.
    public private(set) var gradient: FloatBuffer?
    /// The optimiser's flat arrays, in its order.
    public private(set) var state: [FloatBuffer] = []
    /// Each tensor's place in the flat arrays, padding included, in order.
    private var places: [(parameter: ObjectIdentifier, range: Range<Int>)] = []

    /// Moves the trainable ones of `parameters` here, in their order.
    public init(_ parameters: [Parameter]) {
        let trained = parameters.filter { $0.description.role == .trainable }
        var count = 0
        for parameter in trained {
            let end = count + Lanes.padded(parameter.description.count)
            places.append((ObjectIdentifier(parameter), count..<end))
            count = end
        }
        values = FloatBuffer(count: count)
        for (parameter, place) in zip(trained, places) { parameter.move(to: self, at: place.range.lowerBound) }
    }

    /// Takes the memory of the gradient and of an optimiser that keeps `stateCount` arrays; what is there already stays as it is.
    public func prepareToTrain(stateCount: Int) {
        if gradient == nil { gradient = FloatBuffer(count: values.count) }
        while state.count < stateCount { state.append(FloatBuffer(count: values.count)) }
    }

    /// The ranges of all tensors but some.
    public func ranges(without left: [Parameter] = []) -> [Range<Int>] {
        let left = Set(left.map(ObjectIdentifier.init))
        return places.filter { !left.contains($0.parameter) }.map(\.range)
    }
}

extension Member {
    /// This thread's share of a range of floats, in whole rows of 16: what it collects of a tensor's gradient, and steps.
    public func rows(of range: Range<Int>) -> Range<Int> {
        let rows = share(of: range.count / Lanes.count)
        return range.lowerBound + rows.lowerBound * Lanes.count..<range.lowerBound + rows.upperBound * Lanes.count
    }
}

import Tensors

/// The trainable tensors of a network in one piece, in `state_dict` order: their values, and in training the gradient and what the optimiser keeps beside
/// them, each a flat array of the same layout.
///
/// Every tensor is padded with zeros to whole rows of 16 floats, so that each begins on a cache line, and an optimiser may step over any rows without asking
/// whose they are: a gradient of zero leaves zeros as they are.
public final class ParameterMemory {
    public let values: FloatBuffer
    /// The gradient of the last backward pass; nil before `prepareToTrain`.
    public private(set) var gradient: FloatBuffer?
    /// The optimiser's flat arrays, in its order.
    public private(set) var state: [FloatBuffer] = []
    private var places: [ObjectIdentifier: Range<Int>] = [:]

    /// Moves the trainable ones of `parameters` here, in their order.
    public init(_ parameters: [Parameter]) {
        var trained: [Parameter] = [], count = 0
        for parameter in parameters.map(\.stored) where parameter.description.role == .trainable && places[ObjectIdentifier(parameter)] == nil {
            let end = count + Lanes.padded(parameter.description.count)
            places[ObjectIdentifier(parameter)] = count..<end
            trained.append(parameter)
            count = end
        }
        values = FloatBuffer(count: count)
        for parameter in trained { parameter.move(to: self, at: places[ObjectIdentifier(parameter)]!.lowerBound) }
    }

    /// Takes the memory of the gradient and of an optimiser that keeps `stateCount` arrays; what is there already stays as it is.
    public func prepareToTrain(stateCount: Int) {
        if gradient == nil { gradient = FloatBuffer(count: values.count) }
        while state.count < stateCount { state.append(FloatBuffer(count: values.count)) }
    }

    /// The floats of all tensors but some, as ranges of the flat arrays, neighbours joined.
    public func ranges(without left: [Parameter] = []) -> [Range<Int>] {
        let gaps = left.compactMap { places[ObjectIdentifier($0.stored)] }.sorted { $0.lowerBound < $1.lowerBound }
        let starts = [0] + gaps.map(\.upperBound), ends = gaps.map(\.lowerBound) + [values.count]
        return zip(starts, ends).filter { $0 < $1 }.map { $0..<$1 }
    }
}

extension Member {
    /// Calls `body` with this thread's share of some ranges of floats, in whole rows of 16.
    public func share(of ranges: [Range<Int>], _ body: (Range<Int>) -> Void) {
        let rows = share(of: ranges.reduce(0) { $0 + $1.count } / Lanes.count)
        var passed = 0
        for range in ranges {
            let own = (rows.lowerBound * Lanes.count - passed..<rows.upperBound * Lanes.count - passed).clamped(to: 0..<range.count)
            if !own.isEmpty { body(range.lowerBound + own.lowerBound..<range.lowerBound + own.upperBound) }
            passed += range.count
        }
    }
}

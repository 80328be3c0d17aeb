/// Which of weight and bias a normalisation has: y = x^ weight + bias, initially 1 and 0.
struct Affine: Sendable, Equatable {
    let weight: Bool, bias: Bool

    /// As PyTorch's `affine` (under the name that the layer gives it) and `bias`, written where it differs.
    func arguments(_ name: String) -> [LayerArgument] {
        [.boolean(weight, name)] + (weight && !bias ? [.boolean(false, "bias")] : [])
    }

    func parameters(_ shape: [Int]) -> [ParameterDescription] {
        (weight ? [ParameterDescription("weight", shape, initial: .constant(1))] : [])
            + (bias ? [ParameterDescription("bias", shape, initial: .constant(0))] : [])
    }

    /// The two among a layer's tensors, which they begin.
    func taken(from parameters: [Parameter]) -> (weight: Parameter?, bias: Parameter?) {
        (weight ? parameters[0] : nil, bias ? parameters[1] : nil)
    }
}

extension ArgumentList {
    /// `affine`, or what the layer calls it, and `bias`, which goes with it.
    mutating func affine(_ name: String, default fallback: Bool = true) throws(LayerError) -> Affine {
        let weight = try boolean(name, default: fallback), bias = try boolean("bias", default: weight)
        return Affine(weight: weight, bias: weight && bias)
    }

    /// What is added to a variance.
    mutating func epsilon() throws(LayerError) -> Double { try number("eps", in: 0...1e6, default: 1e-5) }
}

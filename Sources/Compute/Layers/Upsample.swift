import CKernels

/// A map in another size, as torch.nn.Upsample: each position takes the nearest number, or a bilinear mean of the four around it.
///
/// With s the input's size over the output's (1 / scale_factor where that is given), position i of the output lies at i s of the input (nearest), at
/// (i + 1/2) s - 1/2, or where `align_corners` at i (n - 1) / (m - 1).
public struct Upsample: LayerDescription {
    public static let type = "Upsample"
    /// The output's height and width, or how many times the input's they are: one of both.
    public let size: Pair?, factors: [Double]?
    public let isBilinear: Bool, alignsCorners: Bool

    public init(scaleFactor: Double, isBilinear: Bool = false, alignsCorners: Bool = false) {
        (size, factors, self.isBilinear, self.alignsCorners) = (nil, [scaleFactor, scaleFactor], isBilinear, alignsCorners)
    }

    public init(size: Pair, isBilinear: Bool = false, alignsCorners: Bool = false) {
        (self.size, factors, self.isBilinear, self.alignsCorners) = (size, nil, isBilinear, alignsCorners)
    }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        size = try arguments.optionalSides("size").map { Pair($0[0] ?? 0, $0[1] ?? 0) }
        factors = try arguments.factors("scale_factor")
        isBilinear = try arguments.text("mode", of: ["nearest", "bilinear"]) == "bilinear"
        let align = try arguments.optionalBoolean("align_corners")
        alignsCorners = align ?? false
        guard try arguments.optionalBoolean("recompute_scale_factor") != true else {
            throw LayerError("Upsample does not take recompute_scale_factor=True")
        }
        guard (size == nil) != (factors == nil) else { throw LayerError("Upsample takes either size or scale_factor") }
        guard size.map({ $0.height > 0 && $0.width > 0 }) ?? true else { throw LayerError("Upsample: size must be two integers") }
        guard align == nil || isBilinear else { throw LayerError("Upsample: align_corners goes with mode='bilinear' alone") }
    }

    public var arguments: [LayerArgument] {
        var scale: [LayerArgument] = []
        if let size { scale.append(.pair(size, "size")) }
        if let factors {
            let value = factors[0] == factors[1] ? LayerArgument.Value.number(factors[0]) : .tuple(factors.map { .number($0) })
            scale.append(LayerArgument(name: "scale_factor", value: value))
        }
        return scale + [.text(isBilinear ? "bilinear" : "nearest", "mode")] + (alignsCorners ? [.boolean(true, "align_corners")] : [])
    }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3 else { throw LayerError("Upsample takes [channels, height, width], not \(input)") }
        if let size { return [input[0]] + size.sides }
        let sides = zip(input.dropFirst(), factors!).map { (Double($0) * $1).rounded(.down) }
        guard sides.allSatisfy({ $0 >= 1 && $0 <= Double(ArgumentList.largest) }) else { throw LayerError("Upsample makes no map of \(input)") }
        return [input[0]] + sides.map { Int($0) }
    }

    public func operation(input: [Int]) -> (any Operation)? {
        guard let output = try? outputShape(of: input) else { return nil }
        if isBilinear { return InterpolationOperation(input: input, rows: blends(input[1], output[1], 0), columns: blends(input[2], output[2], 1)) }
        let rows = nearest(input[1], output[1], 0), columns = nearest(input[2], output[2], 1), width = Int32(input[2])
        return PlacementOperation(parts: input[0], inputs: input[1] * input[2], places: rows.flatMap { row in columns.map { row * width + $0 } })
    }

    /// In single precision, as PyTorch's kernels.
    private func scale(_ from: Int, _ to: Int, _ side: Int) -> Float { factors.map { Float(1 / $0[side]) } ?? Float(from) / Float(to) }

    private func nearest(_ from: Int, _ to: Int, _ side: Int) -> [Int32] {
        (0..<to).map { index in
            if to == from { return Int32(index) }
            if to == 2 * from { return Int32(index / 2) }
            return min(Int32(Float(index) * scale(from, to, side)), Int32(from - 1))
        }
    }

    private func blends(_ from: Int, _ to: Int, _ side: Int) -> [aek_blend] {
        let scale = alignsCorners ? (to > 1 ? Float(from - 1) / Float(to - 1) : 0) : scale(from, to, side)
        return (0..<to).map { index in
            if to == from { return aek_blend(first: Int32(index), second: Int32(index), weight: 0) }
            let position = alignsCorners ? Float(index) * scale : max((Float(index) + 0.5) * scale - 0.5, 0), first = min(Int(position), from - 1)
            return aek_blend(first: Int32(first), second: Int32(min(first + 1, from - 1)), weight: min(max(position - Float(first), 0), 1))
        }
    }
}

import Tensors

/// Which floats are taken for brightness, 0 black and 1 white.
enum FloatRule: Sendable {
    /// Those in [0, 1], and what rounding puts a little beyond, which counts as black or white.
    case unit
    /// What a network made: a decoder that ends in a linear layer makes some pixels less than black or more than white, which count as that.
    case made
    /// Any: they were looked at before.
    case unlimited

    private var bounds: ClosedRange<Float> {
        switch self {
        case .unit: -0.001...1.001
        case .made: -1...2
        case .unlimited: -.greatestFiniteMagnitude ... .greatestFiniteMagnitude
        }
    }

    /// Puts floats into [0, 1]; false where one of them is beyond what is taken. NaN is in no range.
    func admit(_ floats: UnsafeMutableBufferPointer<Float>) -> Bool {
        if case .unlimited = self { return true }
        let least = bounds.lowerBound, greatest = bounds.upperBound
        var isGood = true
        for index in floats.indices {
            let value = floats[index]
            isGood = isGood && value >= least && value <= greatest
            floats[index] = min(max(value, 0), 1)
        }
        return isGood
    }

    /// What is wrong with the floats of a storage that reads them as they are. Throws what reading throws.
    static func problem(_ storage: some ImageStorage) throws -> String {
        var least = Float.infinity, greatest = -Float.infinity, isFinite = true
        let looked = try min(storage.count, max(1, mostLooked / (storage.extent().shape?.count ?? 1)))
        try storage.forEach(0..<looked) { shape, numbers in
            guard case .floats(let floats) = numbers else { return }
            for index in 0..<shape.count {
                isFinite = isFinite && floats[index].isFinite
                (least, greatest) = (min(least, floats[index]), max(greatest, floats[index]))
            }
        }
        if !isFinite { return "holds numbers that are not finite" }
        return "holds floats from \(least) to \(greatest), where 0 to 1 are read"
    }

    /// The numbers that are looked at to say what is wrong.
    private static let mostLooked = 1 << 26
}

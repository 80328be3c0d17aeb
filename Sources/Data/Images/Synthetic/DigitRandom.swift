/// Random numbers for one image: SplitMix64 (Steele, Lea and Flood, 2014) begun from what names the image, so that each can be drawn alone.
struct DigitRandom {
    private var state: UInt64

    init(seed: UInt64, split: Split, index: Int) {
        state = [split == .train ? 1 : 2, UInt64(index)].reduce(Self.mix(seed)) { Self.mix($0 ^ Self.mix($1)) }
    }

    /// 64 even bits.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    /// Even in [0, 1), 24 bits.
    mutating func uniform() -> Float {
        Float(next() >> 40) * 0x1p-24
    }

    /// Even in 0..<bound.
    mutating func index(below bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }

    /// Nearly normal: four even numbers added, of variance 1/3. Nothing but sums and products, so that every machine draws the same.
    mutating func normal(_ mean: Float = 0, _ deviation: Float = 1) -> Float {
        var sum: Float = -2
        for _ in 0..<4 { sum += uniform() }
        return mean + deviation * 1.7320508 * sum
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

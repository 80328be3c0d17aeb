/// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3").
///
/// A number is a function of (seed, stream, position), so that threads, batches and resumed runs draw the same ones in any order.
public struct Philox: Sendable {
    /// What the numbers are for; different purposes never share numbers.
    public enum Purpose: UInt32, Sendable {
        case weights = 1, shuffle, noise, latents, samples, digits, dropout
    }

    private let key: SIMD2<UInt32>
    private let purpose: UInt32
    private let stream: UInt32

    /// - Parameters:
    ///   - stream: which of the purpose's sequences: a parameter's index, an epoch, a step.
    public init(seed: UInt64, purpose: Purpose, stream: Int = 0) {
        key = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
        self.purpose = purpose.rawValue
        self.stream = UInt32(truncatingIfNeeded: stream)
    }

    /// Four words of 32 random bits, numbers 4 x `block` to 4 x `block` + 3 of the sequence.
    @inlinable
    public func words(_ block: Int) -> SIMD4<UInt32> { Self.rounds(counter(block), key: seedKey) }

    /// Four numbers of [0, 1), in steps of 2^-24.
    public func uniforms(_ block: Int) -> SIMD4<Float> {
        let bits = words(block) &>> 8
        return SIMD4(Float(bits.x), Float(bits.y), Float(bits.z), Float(bits.w)) * 0x1p-24
    }

    @usableFromInline var seedKey: SIMD2<UInt32> { key }

    @usableFromInline func counter(_ block: Int) -> SIMD4<UInt32> {
        [UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), stream, purpose]
    }

    @usableFromInline package static func rounds(_ start: SIMD4<UInt32>, key start_key: SIMD2<UInt32>) -> SIMD4<UInt32> {
        var counter = start, key = start_key
        for _ in 0..<10 {
            let a = UInt64(counter.x) &* 0xD251_1F53, b = UInt64(counter.z) &* 0xCD9E_8D57
            counter = [
                UInt32(truncatingIfNeeded: b >> 32) ^ counter.y ^ key.x, UInt32(truncatingIfNeeded: b),
                UInt32(truncatingIfNeeded: a >> 32) ^ counter.w ^ key.y, UInt32(truncatingIfNeeded: a),
            ]
            key &+= [0x9E37_79B9, 0xBB67_AE85]
        }
        return counter
    }
}

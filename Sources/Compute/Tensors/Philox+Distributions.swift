import Platform

extension Philox {
    /// Fills `values` from U(-bound, bound).
    public func fillUniform(_ values: UnsafeMutableBufferPointer<Float>, bound: Float) {
        for index in values.indices { values[index] = (2 * uniforms(index / 4)[index % 4] - 1) * bound }
    }

    /// Numbers 4 x `block` to 4 x `block` + 3 of a sequence from N(0, 1), by Box and Muller's transform.
    public func normals(_ block: Int) -> SIMD4<Float> {
        let u = uniforms(block)
        // 1 - u lies in (0, 1], where the logarithm is finite.
        let r0 = (-2 * logf(1 - u.x)).squareRoot(), r1 = (-2 * logf(1 - u.z)).squareRoot()
        let a0 = 2 * Float.pi * u.y, a1 = 2 * Float.pi * u.w
        return [r0 * cosf(a0), r0 * sinf(a0), r1 * cosf(a1), r1 * sinf(a1)]
    }

    /// `count` numbers from N(0, 1).
    public func normals(count: Int) -> [Float] {
        (0..<count).map { normals($0 / 4)[$0 % 4] }
    }

    /// The numbers 0..<count in random order: the shuffle of Fisher and Yates.
    public func permutation(_ count: Int) -> [Int32] {
        precondition(count <= Int32.max, "a permutation of \(count) does not fit Int32")
        var order = (0..<Int32(count)).map { $0 }
        for last in stride(from: count - 1, to: 0, by: -1) {
            let bits = words(last)
            // The high word of a 64 x 64-bit product: uniform over 0...last but for 1 in 2^64 / count.
            let random = UInt64(bits.x) << 32 | UInt64(bits.y)
            order.swapAt(last, Int(random.multipliedFullWidth(by: UInt64(last + 1)).high))
        }
        return order
    }
}

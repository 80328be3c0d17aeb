import CKernels
import Tensors
import TestSupport
import Testing

/// The kernels of one level.
struct Level: @unchecked Sendable, CustomTestStringConvertible {
    let name: String
    let table: aek_kernels
    var testDescription: String { name }

    /// Every level that this processor and this build have.
    static let all = ["base", "v3", "v4"].compactMap { name in aek_kernels_for(name).map { Level(name: name, table: $0.pointee) } }
}

/// Numbers that are the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
struct Random {
    private var state: UInt64
    init(_ seed: Int) { state = UInt64(seed) }

    mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// U(-1, 1).
    mutating func unit() -> Float { Float(bits() >> 40) * 0x1p-23 - 1 }
}

/// Floats, aligned to 64 bytes, between guards that a kernel must not touch.
final class Guarded {
    static let blank: Float = -123_456.5
    let count: Int
    private let memory: FloatBuffer

    init(_ count: Int, _ fill: () -> Float = { Guarded.blank }) {
        self.count = count
        memory = FloatBuffer(count: (count + 47) / 16 * 16)
        memory.elements.update(repeating: Self.blank)
        for index in 0..<count { pointer[index] = fill() }
    }

    var pointer: UnsafeMutablePointer<Float> { memory.pointer + 16 }
    subscript(_ index: Int) -> Double { Double(pointer[index]) }
    var doubles: [Double] { (0..<count).map { self[$0] } }

    var isIntact: Bool {
        (0..<memory.count).allSatisfy { (16..<16 + count).contains($0) || memory.pointer[$0] == Self.blank }
    }

    /// The largest difference from `want`; infinite where there is a NaN or a harmed guard.
    func worst(_ want: [Double]) -> Double {
        precondition(want.count == count)
        return isIntact ? largestDifference(doubles, want) : .infinity
    }
}

/// Activations [blocks][features][16] whose blocks lie `stride` floats apart, with guards in between.
final class Rows {
    let blocks: Int, features: Int, stride: Int
    let memory: Guarded

    /// - Parameter gap: features between one block and the next.
    init(blocks: Int, features: Int, gap: Int = 0, _ fill: () -> Float = { Guarded.blank }) {
        (self.blocks, self.features, stride) = (blocks, features, (features + gap) * 16)
        memory = Guarded(blocks * stride)
        for block in 0..<blocks {
            for index in 0..<features * 16 { memory.pointer[block * stride + index] = fill() }
        }
    }

    var pointer: UnsafeMutablePointer<Float> { memory.pointer }
    subscript(_ block: Int, _ feature: Int, _ lane: Int) -> Double { memory[block * stride + feature * 16 + lane] }

    /// The largest difference from `want` [blocks][features][16]; infinite where there is a NaN, or where anything else was written.
    func worst(_ want: [Double]) -> Double {
        precondition(want.count == blocks * features * 16)
        let written = (0..<memory.count).filter { $0 % stride < features * 16 }, gaps = (0..<memory.count).filter { $0 % stride >= features * 16 }
        guard memory.isIntact, gaps.allSatisfy({ memory.pointer[$0] == Guarded.blank }) else { return .infinity }
        return largestDifference(written.map { memory[$0] }, want)
    }
}

extension aek_adam {
    /// Step t, from 1, with torch.optim.Adam's constants.
    init(learningRate: Double, step t: Int) {
        func power(_ base: Double) -> Double { (0..<t).reduce(1) { value, _ in value * base } }
        self.init(beta1: 0.9, beta2: 0.999, rest1: 0.1, rest2: 0.001, epsilon: 1e-8, rate: Float(learningRate / (1 - power(0.9))),
                  scale: Float(1 / (1 - power(0.999)).squareRoot()))
    }
}

import CKernels
import Tensors

/// Rows of 16 images: [blocks][features][16], each block `stride` floats after the one before.
public struct Activations {
    public let pointer: UnsafeMutablePointer<Float>
    public let stride: Int
    public let features: Int

    public init(_ pointer: UnsafeMutablePointer<Float>, stride: Int, features: Int) {
        (self.pointer, self.stride, self.features) = (pointer, stride, features)
    }

    /// The row of one feature in one block.
    @inlinable
    public func row(_ feature: Int = 0, block: Int) -> UnsafeMutablePointer<Float> {
        pointer + block * stride + feature * Lanes.count
    }

    /// The same memory, `features` of them from `first`.
    public func part(_ first: Int, _ features: Int) -> Activations {
        Activations(pointer + first * Lanes.count, stride: stride, features: features)
    }
}

/// What a pass over one batch gives to every layer on one thread.
public struct Pass {
    public let member: Member
    public let images: Int
    /// Batch statistics instead of running ones.
    public let training: Bool
    /// N(0, 1) noise for each latent number; nil where z = mu.
    public var noise: Activations?
    /// What multiplies the KL divergence summed over the batch: the KL weight over the batch size.
    public var klScale: Float = 0
    /// Adam's step, where layers may take it as soon as they have a gradient, and leave none; nil where gradients are wanted.
    public var fusedStep: aek_adam?
    /// This thread's own memory.
    public let scratch: UnsafeMutablePointer<Float>

    public init(member: Member, images: Int, training: Bool, scratch: UnsafeMutablePointer<Float>) {
        (self.member, self.images, self.training, self.scratch) = (member, images, training, scratch)
    }

    public var blocks: Int { Lanes.blocks(images) }

    /// The images in a block: 16 but in the last.
    public func images(inBlock block: Int) -> Int { min(Lanes.count, images - block * Lanes.count) }

    // Sums over a batch are made of a fixed number of parts, added in a fixed order, whatever the number of threads: so the result
    // does not depend on it. Threads beyond the number of parts have nothing to do.

    /// The parts of a sum over blocks: two blocks each, up to 16 parts.
    public var slots: Int { Self.slots(blocks: blocks) }
    public static func slots(blocks: Int) -> Int { min(16, (blocks + 1) / 2) }

    public func blocks(ofSlot slot: Int) -> Range<Int> { blocks * slot / slots..<blocks * (slot + 1) / slots }

    public var ownSlots: Range<Int> { member.share(of: slots) }

    /// The blocks of this thread: those of its slots.
    public var ownBlocks: Range<Int> {
        let own = ownSlots
        return own.isEmpty ? 0..<0 : blocks(ofSlot: own.lowerBound).lowerBound..<blocks(ofSlot: own.upperBound - 1).upperBound
    }

    /// The parts into which features are divided.
    public static let ways = 2

    /// This thread's parts of the features.
    public var ownWays: Range<Int> { member.share(of: Self.ways) }

    /// A part of `features`, in whole tiles of 8 rows.
    public static func features(_ features: Int, way: Int) -> Range<Int> {
        let half = min((features + 15) / 16 * 8, features)
        return way == 0 ? 0..<half : half..<features
    }
}

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

/// What a pass over one batch gives to every layer on one thread, and which part of the batch is this thread's.
///
/// Sums over a batch are made run by run (see `RunTree`). A layer divides its work among the threads in one of two ways (see `Partition`),
/// of which neither is seen in the bits: a thread has whole runs, or, where there are more threads than runs, shares one with the others of
/// its group; or it has a tile of features and blocks. Whatever is divided otherwise than by runs, is so that no sum is parted.
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
    /// Whether a layer going back may read all of dy, and not just its own part: nobody has written any since the last barrier.
    public var gradientIsSettled = false
    /// What the masks of `Dropout` are a function of, besides places; nil in evaluation.
    public var draws: Draws?
    /// This thread's own memory.
    public let scratch: UnsafeMutablePointer<Float>

    /// The blocks and the runs of the batch.
    public let blocks: Int, runs: Int
    /// The runs of this thread, or the one that its group shares, and their blocks.
    public let ownRuns: Range<Int>, ownBlocks: Range<Int>
    private let runShare: Share

    public init(member: Member, images: Int, training: Bool, scratch: UnsafeMutablePointer<Float>) {
        precondition(images > 0, "a batch has images")
        let blocks = Lanes.blocks(images), runs = RunTree.runs(blocks: blocks)
        (self.member, self.images, self.training, self.scratch, self.blocks, self.runs) = (member, images, training, scratch, blocks, runs)
        runShare = Share(of: runs, member)
        ownRuns = runShare.items
        ownBlocks = RunTree.blocks(ofRun: ownRuns.lowerBound, of: blocks).lowerBound
            ..< RunTree.blocks(ofRun: ownRuns.upperBound - 1, of: blocks).upperBound
    }

    /// The images in a block: 16 but in the last.
    public func images(inBlock block: Int) -> Int { min(Lanes.count, images - block * Lanes.count) }

    public func blocks(ofRun run: Int) -> Range<Int> { RunTree.blocks(ofRun: run, of: blocks) }

    /// Whether several threads have the same runs.
    public var sharesRuns: Bool { member.count > runs }

    /// Whether this thread does what is done once a run.
    public var leadsRuns: Bool { runShare.place == 0 }

    /// What this thread does of `items` things of its runs: all, or its share where its group shares the run.
    public func part(of items: Int) -> Range<Int> {
        items * runShare.place / runShare.sharers..<items * (runShare.place + 1) / runShare.sharers
    }

    /// This thread's tile of `features` x `blocks`.
    public func tile(_ features: Int, _ blocks: Int) -> Tile { Tile(features, blocks, place: member.index, of: member.count) }
}

/// Where a step of training takes its random numbers from.
public struct Draws: Sendable {
    public let seed: UInt64, step: Int
    public init(seed: UInt64, step: Int) { (self.seed, self.step) = (seed, step) }
}

/// Things divided among threads: each has some whole ones, or is one of several that share one.
struct Share {
    let items: Range<Int>
    /// The thread's place among those that share its things, and their number.
    let place: Int, sharers: Int

    init(of count: Int, _ member: Member) {
        if member.count <= count {
            (items, place, sharers) = (member.share(of: count), 0, 1)
        } else {
            func first(_ item: Int) -> Int { (item * member.count + count - 1) / count }
            let item = member.index * count / member.count
            (items, place, sharers) = (item..<item + 1, member.index - first(item), first(item + 1) - first(item))
        }
    }
}

/// One thread's part of features x blocks: a range of each.
public struct Tile {
    public let features: Range<Int>, blocks: Range<Int>

    /// Ranges of features, at least four long, come first: the fewer features a thread has, the more threads divide the blocks too.
    init(_ features: Int, _ blocks: Int, place: Int, of sharers: Int) {
        let down = min(blocks, sharers / min(max(features / 4, 1), sharers)), across = min(features, sharers / down)
        let column = place / down, row = place % down
        if column < across {
            self.features = features * column / across..<features * (column + 1) / across
            self.blocks = blocks * row / down..<blocks * (row + 1) / down
        } else {
            (self.features, self.blocks) = (0..<0, 0..<0)
        }
    }
}

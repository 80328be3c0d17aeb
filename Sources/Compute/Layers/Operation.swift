import CKernels
import Tensors

/// A layer that computes, with its parameters in memory.
///
/// All threads of a `Team` call a method together; each does its own part (see `Pass`). Whatever a method writes is whole, for its own thread,
/// in the operation's partition; the caller puts a barrier where the next operation divides its work otherwise.
public protocol Operation: AnyObject {
    var parameters: [Parameter] { get }

    /// How the work is divided among the threads.
    var partition: Partition { get }

    /// Applied to the result as it is stored, in place of a layer of its own: one that the operation `takes`.
    var activation: Activation { get set }

    /// Whether the operation can apply this activation, and make its gradient.
    func takes(_ activation: Activation) -> Bool

    /// The floats of a thread's scratch memory that a pass over `blocks` blocks needs.
    func scratchCount(blocks: Int) -> Int

    /// Takes the memory that `backward` needs for up to `blocks` blocks and `members` threads.
    func prepareToTrain(blocks: Int, members: Int)

    /// y [blocks][output features][16] from x [blocks][input features][16].
    func forward(_ x: Activations, _ y: Activations, _ pass: Pass)

    /// The same for one image without a block around it, in evaluation and without noise: y [output features] from x [input features].
    /// Its sums are in another order than `forward`'s.
    func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass)

    /// From dy, the loss's gradient for y, which it may overwrite: dx, the gradient for x, unless nil; and the parameters' gradients, of
    /// which it may keep the sums of each run.
    func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass)

    /// Adds up the sums of runs that `backward` kept, after a barrier: each thread of every tensor what `Member.rows` gives it;
    /// `Parameter.gradient` is whole after the next barrier.
    func collectGradients(_ pass: Pass)

    /// The parameters that `backward` itself steps, and leaves no gradient of, where `Pass.fusedStep` is there.
    var fusedParameters: [Parameter] { get }
}

extension Operation {
    public func takes(_ activation: Activation) -> Bool { false }
    public func scratchCount(blocks: Int) -> Int { 0 }
    public func prepareToTrain(blocks: Int, members: Int) {}
    public func collectGradients(_ pass: Pass) {}
    public var fusedParameters: [Parameter] { [] }

    /// One thread computes `forward` of a block with one image in it.
    func forwardInBlock(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, inputs: Int, outputs: Int, _ pass: Pass) {
        guard pass.member.index == 0 else { return }
        let pass = Pass(member: .alone, images: 1, training: false, scratch: pass.scratch)
        let source = FloatBuffer(count: inputs * Lanes.count), target = FloatBuffer(count: outputs * Lanes.count)
        for i in 0..<inputs { source.pointer[i * Lanes.count] = x[i] }
        forward(Activations(source.pointer, stride: source.count, features: inputs), Activations(target.pointer, stride: target.count, features: outputs), pass)
        for i in 0..<outputs { y[i] = target.pointer[i * Lanes.count] }
    }
}

public enum Partition: Sendable {
    /// A thread has the blocks of its own runs, or part of their features where it shares a run with others.
    case blocks
    /// A thread has a tile of features and blocks, which no sum over the batch crosses.
    case features
}

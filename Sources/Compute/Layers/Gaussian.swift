import CKernels
import Tensors

/// The latent of a variational auto-encoder: z = mu + exp(logvar / 2) e, e from N(0, 1) (Kingma and Welling 2013, section 2.4), from the
/// two Linear layers before it, [mu, logvar] with k numbers each. Without noise z = mu.
public struct Gaussian: LayerDescription {
    public static let type = "Gaussian"
    public let size: Int

    public init(_ size: Int) { self.size = size }
    public init(_ arguments: inout ArgumentList) throws(LayerError) { size = try arguments.integer("size") }
    public var arguments: [LayerArgument] { [.integer(size)] }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input == [2 * size] else { throw LayerError("Gaussian(\(size)) takes mu and logvar, [\(2 * size)] in all, not \(input)") }
        return [size]
    }

    public func operation(input: [Int]) -> (any Operation)? { GaussianOperation(size) }
}

/// Samples, and measures KL(N(mu, exp(logvar)) || N(0, 1)) = (mu^2 + exp(logvar) - 1 - logvar) / 2, summed over the latent's numbers.
public final class GaussianOperation: Operation {
    public let parameters: [Parameter] = []
    public let partition = Partition.blocks
    public var activation = Activation.identity
    private let size: Int

    init(_ size: Int) { self.size = size }

    public func forward(_ x: Activations, _ y: Activations, _ pass: Pass) {
        let own = pass.part(of: size), first = own.lowerBound
        for block in pass.ownBlocks {
            let mu = x.row(first, block: block), z = y.row(first, block: block)
            if let noise = pass.noise {
                Kernels.table.gaussian_sample(mu, x.row(size + first, block: block), noise.row(first, block: block), z, own.count)
            } else {
                z.update(from: mu, count: own.count * Lanes.count)
            }
        }
    }

    public func forward(image x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ pass: Pass) {
        if pass.member.index == 0 { y.update(from: x, count: size) }
    }

    public func backward(_ x: Activations, _ y: Activations, dy: Activations, dx: Activations?, _ pass: Pass) {
        guard let dx, let noise = pass.noise else { preconditionFailure("a sample's gradient needs its noise, if only zeros") }
        let own = pass.part(of: size), first = own.lowerBound
        for block in pass.ownBlocks {
            _ = Kernels.table.gaussian_kl(x.row(first, block: block), x.row(size + first, block: block), noise.row(first, block: block),
                                          dy.row(first, block: block), dx.row(first, block: block), dx.row(size + first, block: block), own.count,
                                          pass.images(inBlock: block), pass.klScale)
        }
    }

    /// The KL divergence of one block, summed over its images, in nats.
    public func divergence(_ x: Activations, block: Int, _ pass: Pass) -> Double {
        Kernels.table.gaussian_kl(x.row(block: block), x.row(size, block: block), nil, nil, nil, nil, size, pass.images(inBlock: block), 0)
    }
}

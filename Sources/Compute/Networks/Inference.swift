import CKernels
import Layers
import Tensors

/// Runs a network forward over many images, in batches on each thread: memory does not grow with their number, and
/// the results do not depend on the number of threads, nor an image's on those beside it.
public final class Inference {
    public let network: Network
    let encoder: ArraySlice<Network.Stage>, decoder: ArraySlice<Network.Stage>
    let team: Team
    let workspaces: [Workspace]

    /// The most images of one batch.
    public static let batch = 64

    /// The images that a caller with more than memory holds takes at a time, whole batches: 16 MiB of those of 32 x 32 pixels, as much of larger ones.
    /// - Parameter size: the numbers of an image.
    public static func chunk(_ size: Int) -> Int { min(4096, max(1, (4096 * 1024 / max(size, 1)) / batch) * batch) }

    /// Whether the run is of one image, which with z = mu takes a path of its own.
    private let isAlone: Bool

    /// - Parameters:
    ///   - network: with its weights as they are now.
    ///   - count: the images of the whole run, however it is divided among calls and processes; nil for many. A run of one image takes a path of its own, several
    ///     times as fast as a block of 16 with one image in it. Its sums are in another order, so that the last bits differ from those of the same image among
    ///     others; equal runs give equal bits.
    public init(_ network: Network, threads: Int = 1, of count: Int? = nil) {
        (self.network, isAlone) = (network, count == 1)
        (encoder, decoder) = (network.joined(network.encoder), network.joined(network.decoder))
        team = Team(size: threads)
        workspaces = (0..<team.size).map { _ in Workspace(network, images: Self.batch) }
    }

    var model: ModelDescription { network.description }
    var all: ArraySlice<Network.Stage> { encoder + decoder }

    /// The latents of images.
    /// - Parameters:
    ///   - images: [n][inputs], as `Images` has them.
    ///   - labels: [n], for a conditional network.
    ///   - sampling: the seed of the noise where z is to be sampled, and the position of the first image in the noise's sequence; nil for z = mu.
    /// - Returns: z [n, d], and mu and logvar [n, d] of a variational network.
    public func encode(_ images: Pixels, labels: [UInt16]? = nil, sampling: Sampling? = nil) -> Latents {
        precondition(!model.isReader, "a reader has no latent")
        if isAlone, images.count == 1, sampling == nil { return encodeImage(images, labels) }
        var latents = Latents(count: images.count, size: model.latentCount, variational: model.isVariational)
        latents.withPointers { z, mu, logvar in
            forEachBatch(images.count) { workspace, range, pass in
                self.load(images, labels, range, workspace)
                var pass = pass
                pass.noise = self.noise(sampling, range, workspace)
                self.network.forward(self.encoder, workspace, pass)
                self.store(workspace.latent, range, z)
                guard let stage = self.network.gaussian?.stage else { return }
                let heads = workspace.activations(stage.input, features: stage.inputFeatures), size = self.model.latentCount
                self.store(heads.part(0, size), range, mu)
                self.store(heads.part(size, size), range, logvar)
            }
        }
        return latents
    }

    /// The images [n][channels x height x width], in [0, 1], of latents z [n, d].
    public func decode(_ z: UnsafeBufferPointer<Float>, labels: [UInt16]? = nil, into images: UnsafeMutableBufferPointer<Float>) {
        precondition(!model.isReader, "a reader decodes nothing")
        let size = model.latentCount, count = z.count / size
        precondition(z.count == count * size && images.count == count * model.outputCount, "z is [n, \(size)], images [n, \(model.outputCount)]")
        if isAlone, count == 1 { return decodeImage(z, labels, into: images) }
        forEachBatch(count) { workspace, range, pass in
            self.loadFloats(z, workspace.latent, range)
            self.loadLabels(labels, range, workspace)
            self.network.forward(self.decoder, workspace, pass)
            self.store(workspace.output, range, images.baseAddress!)
        }
    }

    /// The whole network's output [n][outputs]: reconstructions of an auto-encoder, logits of a reader.
    public func run(_ images: Pixels, labels: [UInt16]? = nil, sampling: Sampling? = nil, into output: UnsafeMutableBufferPointer<Float>) {
        precondition(output.count == images.count * model.outputCount, "outputs are [n, \(model.outputCount)]")
        if isAlone, images.count == 1, sampling == nil { return runImage(images, labels, into: output) }
        forEachBatch(images.count) { workspace, range, pass in
            self.load(images, labels, range, workspace)
            var pass = pass
            pass.noise = self.noise(sampling, range, workspace)
            self.network.forward(self.all, workspace, pass)
            self.store(workspace.output, range, output.baseAddress!)
        }
    }

    // MARK: Batches

    /// Few images are shared among the threads too, in whole blocks: an image's result does not depend on those beside it.
    private func forEachBatch(_ count: Int, _ body: (Workspace, Range<Int>, Pass) -> Void) {
        let share = Lanes.blocks((count + team.size - 1) / team.size) * Lanes.count
        let size = min(Self.batch, share), batches = count == 0 ? 0 : (count + size - 1) / size
        team.run { member in
            for batch in member.share(of: batches) {
                let range = batch * size..<min((batch + 1) * size, count), workspace = workspaces[member.index]
                body(workspace, range, workspace.pass(.alone, images: range.count))
            }
        }
    }

    private func load(_ images: Pixels, _ labels: [UInt16]?, _ range: Range<Int>, _ workspace: Workspace) {
        switch images {
        case .bytes(let bytes, _):
            for block in 0..<Lanes.blocks(range.count) {
                let lanes = lanes(block, range)
                let rows = lanes.map { UnsafePointer(bytes.baseAddress! + $0 * model.inputCount) as UnsafePointer<UInt8>? }
                Kernels.table.load_pixels(rows, rows.count, model.inputCount, workspace.input.row(block: block))
            }
        case .floats(let floats, _): loadFloats(floats, workspace.input, range)
        }
        loadLabels(labels, range, workspace)
    }

    private func loadFloats(_ values: UnsafeBufferPointer<Float>, _ target: Activations, _ range: Range<Int>) {
        for block in 0..<Lanes.blocks(range.count) {
            let lanes = lanes(block, range)
            Kernels.table.load_images(values.baseAddress! + lanes.lowerBound * target.features, lanes.count, target.features, target.row(block: block))
        }
    }

    private func loadLabels(_ labels: [UInt16]?, _ range: Range<Int>, _ workspace: Workspace) {
        guard model.isConditional else { return }
        guard let labels else { preconditionFailure("a conditional network needs labels") }
        labels.withUnsafeBufferPointer { labels in
            for block in 0..<Lanes.blocks(range.count) { workspace.setLabels(UnsafeBufferPointer(rebasing: labels[lanes(block, range)]), block: block) }
        }
    }

    private func noise(_ sampling: Sampling?, _ range: Range<Int>, _ workspace: Workspace) -> Activations? {
        guard let sampling, let noise = workspace.noise else { return nil }
        let generator = Philox(seed: sampling.seed, purpose: .samples)
        for block in 0..<Lanes.blocks(range.count) { generator.fillNormals(noise, block: block, firstImage: sampling.first + range.lowerBound) }
        return noise
    }

    private func store(_ source: Activations, _ range: Range<Int>, _ target: UnsafeMutablePointer<Float>) {
        for block in 0..<Lanes.blocks(range.count) {
            let lanes = lanes(block, range)
            Kernels.table.store_images(source.row(block: block), lanes.count, source.features, target + lanes.lowerBound * source.features)
        }
    }

    /// The images of one block of a batch.
    private func lanes(_ block: Int, _ range: Range<Int>) -> Range<Int> {
        let first = range.lowerBound + block * Lanes.count
        return first..<min(first + Lanes.count, range.upperBound)
    }
}

/// Images [n][inputs]: bytes 0...255, of which the network sees byte / 255, or floats as they are.
public enum Pixels {
    case bytes(UnsafeBufferPointer<UInt8>, count: Int)
    case floats(UnsafeBufferPointer<Float>, count: Int)

    public var count: Int {
        switch self {
        case .bytes(_, let count), .floats(_, let count): count
        }
    }
}

/// Where sampled latents take their noise from.
public struct Sampling: Sendable {
    public let seed: UInt64
    /// The position in the sequence of the first image.
    public let first: Int

    public init(seed: UInt64, first: Int = 0) { (self.seed, self.first) = (seed, first) }
}

/// Latents z [count, size]; mu and logvar likewise where the network is variational, else empty.
public struct Latents: Sendable {
    public let count: Int, size: Int
    public private(set) var z: [Float], mu: [Float], logvar: [Float]

    init(count: Int, size: Int, variational: Bool) {
        (self.count, self.size) = (count, size)
        z = [Float](repeating: 0, count: count * size)
        mu = variational ? z : []
        logvar = mu
    }

    mutating func withPointers(_ body: (_ z: UnsafeMutablePointer<Float>, _ mu: UnsafeMutablePointer<Float>, _ logvar: UnsafeMutablePointer<Float>) -> Void) {
        guard count > 0 else { return }
        z.withUnsafeMutableBufferPointer { z in
            mu.withUnsafeMutableBufferPointer { mu in
                logvar.withUnsafeMutableBufferPointer { logvar in
                    // Nothing is written to mu and logvar where the network has none.
                    body(z.baseAddress!, mu.baseAddress ?? z.baseAddress!, logvar.baseAddress ?? z.baseAddress!)
                }
            }
        }
    }
}

import Images
import Layers
import ModelFiles
import Networks
import TestSupport

/// Model files for the tools' tests: networks with random weights, and the latents of the first built-in digits.
enum ModelFixture {
    static let autoEncoders: [Architecture] = [.simple, .ae, .conv, .vae, .convVAE, .cvae, .convCVAE]

    /// A network whose weights are large enough for its images to differ, and whose running statistics are not those of a new one. The random
    /// numbers are those of a linear congruence: Philox without optimisation is slow.
    static func network(_ architecture: Architecture, bottleneck: Int = 2, seed: UInt64 = 1) -> Network {
        let network = Network(try! architecture.model(bottleneck: bottleneck))
        var state = seed
        for (_, parameter) in network.parameters {
            let (middle, bound): (Float, Float) = switch parameter.description.initial {
            case .uniform(let bound): (0, 2.5 * bound)
            case .constant(let value): (value, 0.4)
            }
            let values = parameter.values
            for index in values.indices {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                values[index] = middle + bound * (Float(state >> 40) * 0x1p-23 - 1)
            }
        }
        return network
    }

    /// Saves a model file with the latents of `images` test digits, none for 0; with `epochs`, also with weights and latents of each.
    @discardableResult
    static func save(_ architecture: Architecture, bottleneck: Int = 2, images: Int = 0, epochs: Int = 0, to path: String) throws -> Network {
        let digits = SyntheticDigits().load(.test, limit: images)
        for epoch in stride(from: 1, through: epochs, by: 1) {
            let inference = Inference(network(architecture, bottleneck: bottleneck, seed: UInt64(epoch + 1)))
            let snapshot = EpochSnapshot(epoch: epoch, parts: [.weights, .latents], images: PreparedImages(digits), inference: inference)
            try ModelFile.save(inference.network, training: nil, snapshot: snapshot, previous: epoch > 1 ? path : nil, to: path)
        }
        let network = network(architecture, bottleneck: bottleneck)
        let latents = images > 0 ? (ImageStream(digits), Inference(network)) : nil
        try ModelFile.save(network, training: nil, latents: latents, previous: epochs > 0 ? path : nil, to: path)
        return network
    }
}

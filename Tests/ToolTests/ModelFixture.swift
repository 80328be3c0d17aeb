import Images
import ModelFiles
import Models
import Tensors
import TestSupport

/// Model files for the tools' tests: networks with random weights, and the latents of the first built-in digits.
enum ModelFixture {
    static let autoEncoders: [Architecture] = [.simple, .ae, .conv, .vae, .convVAE, .cvae, .convCVAE]

    /// A network whose weights are large enough for its images to differ, and whose running statistics are not those of a new one.
    static func network(_ architecture: Architecture, bottleneck: Int = 2, seed: UInt64 = 1) -> Network {
        let network = Network(architecture.model(bottleneck: bottleneck))
        network.initialize(seed: seed)
        for (index, (name, parameter)) in network.parameters.enumerated() {
            if name.contains("running") { Philox(seed: seed, purpose: .noise, stream: index).fillUniform(parameter.values, bound: 0.5) }
            for number in parameter.values.indices {
                if name.hasSuffix("running_var") { parameter.values[number] += 1 } else if name.hasSuffix("weight") { parameter.values[number] *= 2.5 }
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
            let snapshot = EpochSnapshot(epoch: epoch, parts: [.weights, .latents], images: digits, inference: inference)
            try ModelFile.save(inference.network, training: nil, snapshot: snapshot, previous: epoch > 1 ? path : nil, to: path)
        }
        let network = network(architecture, bottleneck: bottleneck)
        let latents = images > 0 ? (ImageStream(digits), Inference(network)) : nil
        try ModelFile.save(network, training: nil, latents: latents, previous: epochs > 0 ? path : nil, to: path)
        return network
    }
}

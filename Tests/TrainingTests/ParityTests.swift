import Layers
import Networks
import Tensors
import Testing
import TestSupport
import Texts
import Training

/// Short training runs against PyTorch from the same weights: no shuffle, no noise, batches of 64, 64 and 2 images.
struct ParityTests {
    /// Of each network, made once: "ae losses" of 12 steps, "ae eval" of 4 epochs, and the float64 gradient of the first batch,
    /// "ae decoder.0.weight"...
    private static let expected = Result { () throws -> RawTensors in
        let scratch = try Scratch(), data = TrainingCase.data()
        try RawTensors([("images", [data.count, 1, 32, 32], data[0..<data.count].floats.map { ($0 * 255).rounded() }), ("labels", [data.count], data.labels!.map { Float($0) })])
            .write(to: scratch.path("data"))
        for architecture in Architecture.allCases {
            let tensors = TrainingCase.network(architecture).parameters.filter { $0.parameter.description.role != .counter }
            try RawTensors(tensors.map { ($0.name, $0.parameter.description.shape, Array($0.parameter.values)) })
                .write(to: scratch.path(architecture.rawValue))
        }
        _ = try Python.oracle("""
            import torch
            import raw_tensors
            from networks import NAMES, build, loss
            from training_parity import gradients
            torch.set_num_threads(1)
            data, results = raw_tensors.read("data"), {}
            x, labels, weights = data["images"] / 255, data["labels"], (0.75, 0.5)
            for name in NAMES:
                network = build(name, 2)
                network.load_state_dict(raw_tensors.read(name), strict=False)
                for key, gradient in gradients(network, data["images"][:64], labels[:64], weights).items():
                    results[f"{name} {key}"] = gradient
                optimizer, losses, evaluations = torch.optim.Adam(network.parameters(), lr=1e-3), [], []
                for epoch in range(4):
                    network.train()
                    for images, digits in zip(x.split(64), labels.split(64)):
                        optimizer.zero_grad()
                        value = loss(network, images, digits, None, *weights)
                        value.backward()
                        optimizer.step()
                        losses.append(value.item())
                    network.eval()
                    evaluations.append(loss(network, x[:70], labels[:70], None, *weights).item())
                results[f"{name} losses"], results[f"{name} eval"] = torch.tensor(losses), torch.tensor(evaluations)
            raw_tensors.write("results", results)
            """, in: scratch)
        return try RawTensors(contentsOf: scratch.path("results"))
    }

    @Test(arguments: Architecture.allCases) func lossCurve(_ architecture: Architecture) throws {
        let (trainer, losses) = try TrainingCase.trained(architecture, TrainingCase.plain(), threads: 2)
        let want = try #require(Self.expected.get()["\(architecture.rawValue) losses"])
        let evaluations = try #require(Self.expected.get()["\(architecture.rawValue) eval"])
        #expect(losses.count == 12 && trainer.state.history.map(\.epoch) == [1, 2, 3, 4])
        #expect(largestRelativeDifference(losses, want.doubles) < 1e-4)
        #expect(largestRelativeDifference(trainer.state.history.map(\.evalLoss), evaluations.doubles) < 1e-3)
        // Of three batches, each with the weight of its images.
        let means: [Double] = (0..<4).map { epoch in
            let full: Double = losses[3 * epoch] + losses[3 * epoch + 1], last: Double = losses[3 * epoch + 2]
            return (64 * full + 2 * last) / 130
        }
        #expect(largestRelativeDifference(trainer.state.history.map(\.trainLoss), means) < 1e-12)
    }

    /// After one batch Adam's mean is (1 - beta1) times the gradient. The gradient of a bias before a BatchNorm2d is truly zero and numerically
    /// round-off: it is measured against that of the weights beside it.
    @Test(arguments: Architecture.allCases) func gradients(_ architecture: Architecture) throws {
        let trainer = try TrainingCase.trained(architecture, TrainingCase.plain(epochs: 1), count: 64).0, network = trainer.network
        let layers = network.description.layers
        let free = zip(layers, layers.dropFirst()).filter { $1.layer is BatchNorm2d }.map { "\($0.0.name)." }
        func want(_ name: String) throws -> [Float] { try #require(Self.expected.get()["\(architecture.rawValue) \(name)"]) }
        for (name, parameter) in network.parameters {
            guard let mean = parameter.mean else { continue }
            let bias = free.first { name == $0 + "bias" }
            let scale = largest(try want(bias.map { $0 + "weight" } ?? name).doubles)
            #expect(largestDifference(mean.map { Double($0) / 0.1 }, try want(name).doubles) / scale < 2e-5, "\(name)")
        }
    }
}

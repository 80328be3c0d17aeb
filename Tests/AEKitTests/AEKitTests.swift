import AEKit
import Optimization
import Testing
import TestSupport
import Training

/// What another package does with one import.
struct AEKitTests {
    /// A released file is loaded, and what it makes of images is what it makes of their latents.
    @Test func encodesAndDecodes() throws {
        let path = Python.root.appendingPathComponent("Tests/Fixtures/schema-1.0/conv-1.h5").path
        let network = try ModelRecord.network(of: StoredFile(path)), inference = Inference(network), digits = SyntheticDigits().load(.test, limit: 20)
        let latents = digits.withPixels { inference.encode($0) }
        #expect(latents.count == 20 && latents.size == network.description.latentCount)
        var decoded = [Float](repeating: 0, count: digits.values.count), whole = decoded
        latents.z.withUnsafeBufferPointer { z in decoded.withUnsafeMutableBufferPointer { inference.decode(z, into: $0) } }
        whole.withUnsafeMutableBufferPointer { target in digits.withPixels { inference.run($0, into: target) } }
        #expect(decoded == whole && Set(decoded).count > 100)
    }

    /// A network is trained on arrays of one's own, and its loss falls.
    @Test func trains() throws {
        let network = Network(try Architecture.ae.model(bottleneck: 2)), digits = SyntheticDigits().load(.train, limit: 256)
        network.initialize(seed: 1)
        var options = TrainingOptions(), steps = 0
        options.epochs = 10
        let trainer = Trainer(network, options, data: PreparedImages(digits), evaluation: nil, threads: 1)
        while !trainer.isFinished { _ = try trainer.runEpoch { _, _ in steps += 1; return true } }
        let losses = trainer.state.history.map(\.trainLoss)
        #expect(steps == 40 && losses[9] < losses[0] / 2)
    }
}

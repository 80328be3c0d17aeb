import Foundation
import Images
import Layers
import Networks
import Optimization
import Tensors
import Testing
import Texts
import Training

struct TrainerTests {
    /// The same seed gives the same bits whatever the number of threads, and another seed gives others.
    @Test(arguments: Architecture.allCases) func threadsDoNotMatter(_ architecture: Architecture) throws {
        let one = try TrainingCase.trained(architecture, TrainingCase.options(epochs: 2))
        for threads in 2...3 {
            let other = try TrainingCase.trained(architecture, TrainingCase.options(epochs: 2), threads: threads)
            #expect(Snapshot(other.0.network).equals(Snapshot(one.0.network)) && other.1 == one.1)
            #expect(other.0.state.history.map(\.evalLoss) == one.0.state.history.map(\.evalLoss))
        }
        #expect(try TrainingCase.trained(architecture, TrainingCase.options(epochs: 2) { $0.seed = 10 }).1 != one.1)
    }

    /// Batches of one run and of many, on fewer threads than runs and on more: the same bits. The last batch of each is smaller.
    @Test(arguments: Architecture.allCases, [1, 16, 64, 100, 1000]) func threadsAndBatchesDoNotMatter(_ architecture: Architecture, _ batch: Int) throws {
        let options = TrainingCase.options(epochs: 1) { $0.batchSize = batch }, count = [1: 3, 16: 40, 64: 130, 100: 130, 1000: 1016][batch]!
        let one = try TrainingCase.trained(architecture, options, count: count)
        for threads in [2, 3, 8, 16] {
            let other = try TrainingCase.trained(architecture, options, count: count, threads: threads)
            #expect(Snapshot(other.0.network).equals(Snapshot(one.0.network)) && other.1 == one.1, "\(threads) threads")
            #expect(other.0.state.history.map(\.evalLoss) == one.0.state.history.map(\.evalLoss), "\(threads) threads")
        }
    }

    /// Steps that layers take themselves give the bits of steps from the whole gradient, which is there afterwards.
    @Test(arguments: Architecture.allCases, [1, 2]) func fusedSteps(_ architecture: Architecture, threads: Int) throws {
        let options = TrainingCase.options(epochs: 2), fused = try TrainingCase.trained(architecture, options)
        let whole = Trainer(TrainingCase.network(architecture), options, data: TrainingCase.data(), evaluation: TrainingCase.data(70), threads: threads,
                            keepsGradient: true)
        #expect(try TrainingCase.run(whole) == fused.1)
        #expect(Snapshot(whole.network).equals(Snapshot(fused.0.network)))
        for (name, parameter) in whole.network.parameters {
            guard let gradient = parameter.gradient else { continue }
            #expect(gradient.contains { $0 != 0 } && gradient.allSatisfy(\.isFinite), "\(name)")
        }
    }

    /// A run stopped after any step, and taken up by a new trainer on another network with the same numbers, ends as one that was not stopped.
    @Test(arguments: Architecture.allCases) func resumes(_ architecture: Architecture) throws {
        let options = TrainingCase.options(epochs: 2), whole = try TrainingCase.trained(architecture, options).0
        for stop in 1...5 {
            let first = Trainer(TrainingCase.network(architecture), options, data: TrainingCase.data(), evaluation: TrainingCase.data(70), threads: 1)
            var steps = 0, stopped = false
            while !stopped { stopped = try first.runEpoch { _, _ in steps += 1; return steps < stop } == nil || steps >= stop }
            #expect(first.state.step == stop)

            let second = Trainer(TrainingCase.network(architecture), options, data: TrainingCase.data(), evaluation: TrainingCase.data(70),
                                 threads: 2, resuming: first.state)
            Snapshot(first.network).restore(second.network)
            _ = try TrainingCase.run(second)
            #expect(Snapshot(second.network).equals(Snapshot(whole.network)), "stopped after step \(stop)")
            #expect(second.state.step == whole.state.step && second.isFinished)
            #expect(second.state.history.map { [$0.trainLoss, $0.evalLoss] } == whole.state.history.map { [$0.trainLoss, $0.evalLoss] })
        }
    }

    /// What the callback is told, and that it stops training at once.
    @Test func afterStep() throws {
        let trainer = Trainer(TrainingCase.network(.simple), TrainingCase.plain(), data: TrainingCase.data(), evaluation: nil, threads: 2)
        var told: [Int] = []
        #expect(try trainer.runEpoch { images, _ in told.append(images); return images < 128 } == nil)
        #expect(told == [64, 128] && trainer.state.stepInEpoch == 2 && trainer.state.epochsDone == 0)
        let record = try #require(try trainer.runEpoch { images, _ in told.append(images); return true })
        #expect(told == [64, 128, 130] && record.epoch == 1 && record.evalLoss.isNaN && record.seconds >= 0)
    }

    @Test(arguments: [Architecture.simple, .convVAE, .reader], [1, 2]) func divergence(_ architecture: Architecture, threads: Int) {
        let error = #expect(throws: DivergenceError.self) {
            _ = try TrainingCase.trained(architecture, TrainingCase.options { $0.learningRate = 1e30 }, threads: threads)
        }
        #expect(error?.epoch == 1 && (2...3).contains(error?.step ?? 0))
        #expect(error?.description.contains("step \(error?.step ?? 0) of epoch 1") == true && error?.description.contains("\n") == false)
    }

    /// Batches of any size, the last one smaller, each count of images once an epoch.
    @Test(arguments: Architecture.allCases, [1, 7, 64, 200]) func batchSizes(_ architecture: Architecture, _ size: Int) throws {
        let count = size == 1 ? 20 : TrainingCase.images
        let options = TrainingCase.options(epochs: 1) { $0.batchSize = size }
        let (trainer, losses) = try TrainingCase.trained(architecture, options, count: count, threads: 2)
        #expect(losses.count == (count + size - 1) / size && losses.count == trainer.stepsPerEpoch)
        #expect(losses.allSatisfy { $0.isFinite })
        #expect(trainer.network.parameters.allSatisfy { $0.parameter.values.allSatisfy(\.isFinite) })
        let counters = trainer.network.parameters.map(\.parameter).filter { $0.description.role == .counter }
        #expect(counters.allSatisfy { $0.counter == losses.count })
    }

    /// Training on a few images lowers their loss.
    @Test(arguments: Architecture.allCases) func learns(_ architecture: Architecture) throws {
        let losses = try TrainingCase.trained(architecture, TrainingCase.options(epochs: 30) { $0.batchSize = 16 }, count: 32, threads: 2).1
        let (first, last) = (losses[0] + losses[1], losses[58] + losses[59])
        #expect(last < 0.97 * first)
    }

    /// The noise of a step: N(0, 1), other numbers for each step, image and latent number.
    @Test func noise() {
        let rows = FloatBuffer(count: 3 * 16 * 64)
        let target = Activations(rows.pointer, stride: 3 * 16, features: 3)
        let generator = Philox(seed: 1, purpose: .noise, stream: 1)
        for block in 0..<64 { generator.fillNormals(target, block: block, firstImage: 0) }
        let values = rows.elements.map { Double($0) }, count = Double(values.count)
        let mean = values.reduce(0, +) / count, square = values.map { $0 * $0 }.reduce(0, +) / count
        #expect(Set(values).count > 3060)
        #expect(abs(mean) < 0.09 && abs(square - 1) < 0.13)
    }

    /// With noise a step's loss differs from that without; weights of zero leave out their parts.
    @Test func optionsCount() throws {
        func loss(_ change: (inout TrainingOptions) -> Void) throws -> [Double] {
            try TrainingCase.trained(.vae, TrainingCase.options(epochs: 1, change)).1
        }
        let plain = try loss { _ in }
        #expect(try loss { $0.noise = .none } != plain)
        #expect(try loss { $0.shuffle = false } != plain)
        #expect(try loss { $0.learningRate = 2e-3 } != plain)
        let parts = try (loss { $0.klWeight = 0 }[0], loss { $0.reconstructionWeight = 0 }[0])
        #expect(abs(parts.0 + parts.1 - plain[0]) < 1e-9 * plain[0])
    }
}

import Foundation
import Images
import Networks
import TestSupport
import Testing
import Training

/// Training from images that are read in place.
@Suite struct InPlaceTrainingTests {
    private let scratch = try! Scratch()
    private let preparation = Preparation(size: ImageSize(height: 32, width: 32), channels: 1)

    private func source(_ type: String) throws -> NPYImages {
        _ = try Python.run("""
            import numpy as np
            images = np.random.default_rng(2).integers(0, 256, (150, 3, 40, 36), dtype=np.uint8)
            np.save("images.npy", images if "\(type)" == "u1" else (images / 255).astype("\(type)"))
            """, in: scratch)
        return NPYImages(scratch.path("images.npy"))
    }

    /// To the bit what training from memory gives, shuffled, on any number of threads.
    @Test(arguments: ["u1", "f4"]) func trainsAsFromMemory(type: String) throws {
        let source = try source(type)
        func trained(_ images: PreparedImages, threads: Int) throws -> (Snapshot, [Double]) {
            let trainer = Trainer(TrainingCase.network(.conv), TrainingCase.options(epochs: 2), data: images, evaluation: images, threads: threads)
            let losses = try TrainingCase.run(trainer)
            return (Snapshot(trainer.network), losses + trainer.state.history.map(\.evalLoss))
        }
        let memory = try source.load(.train, limit: nil, preparation), place = try source.inPlace(.train, limit: nil, preparation)
        let (weights, losses) = try trained(memory, threads: 1)
        for threads in 1...2 {
            let other = try trained(place, threads: threads)
            #expect(other.0.equals(weights) && other.1 == losses)
        }
    }

    /// A file that is cut is a thrown line, from whatever thread, and no step is counted as done.
    @Test func aFailureWhileTrainingIsThrown() throws {
        for threads in 1...2 {
            let source = try source("u1"), images = try source.inPlace(.train, limit: nil, preparation)
            let trainer = Trainer(TrainingCase.network(.simple), TrainingCase.options(), data: images, evaluation: images, threads: threads)
            let error = #expect(throws: ImageError.self) {
                _ = try trainer.runEpoch { _, _ in truncate(source.path, 3000) == 0 }
            }
            #expect(error?.description == "\(source.path): the file became shorter while it was read")
        }
    }
}

import Foundation
import TestSupport
import Testing

/// Sums do not know the machine: a file's bytes depend on the batch size, and not on the threads.
struct MachineTests {
    private static let threads = [1, 2, 16]

    /// Whole files (TrainingTests hold every network and more threads against each other). Networks with every kind of sum; batches of one image, of one block, of whole and of broken blocks, and of more blocks than there are runs.
    @Test(arguments: ["ae", "conv-cvae"], [1, 16, 64, 100, 1000])
    func sameBytesForAllThreads(_ model: String, _ batch: Int) throws {
        let scratch = try Scratch(), images = batch == 1 ? 40 : batch == 1000 ? 1300 : 330
        let files = try Self.threads.map { threads in
            let path = scratch.path("\(threads).h5")
            try succeed("aetrain", ["--model", model, "--data", "synthetic", "--limit", "\(images)", "--epochs", batch == 1 ? "1" : "2", "--batch-size", "\(batch)",
                                    "--threads", "\(threads)", "--record", "none", "-q", "-o", path])
            return try Data(contentsOf: URL(fileURLWithPath: path))
        }
        #expect(Set(files).count == 1)
    }
}

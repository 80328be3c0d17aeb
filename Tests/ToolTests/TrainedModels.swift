import Foundation
import TestSupport
import Testing

/// Model files that aetrain writes for a test: few images, few epochs.
enum TrainedModels {
    /// Trains a network on noise and gives the file's path in `scratch`.
    static func make(_ architecture: String, in scratch: Scratch, epochs: Int = 2, _ options: [String] = []) throws -> String {
        let path = scratch.path("\(architecture).h5")
        try makeImages(in: scratch)
        let run = try Tools.run("aetrain", ["--model", architecture, "--epochs", "\(epochs)", "--data", scratch.path("images"), "-o", path] + options)
        try #require(run.status == 0, "\(run.errors)")
        return path
    }

    /// A folder of IDX files: 96 images to train on, 32 to test.
    private static func makeImages(in scratch: Scratch) throws {
        let folder = URL(fileURLWithPath: scratch.path("images"))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (split, count) in [("train", 96), ("t10k", 32)] {
            let pixels = (0..<count * 784).map { UInt8(truncatingIfNeeded: ($0 &* 0x9E37_79B9) >> 13) }
            let head: [UInt8] = [0, 0, 0, UInt8(count)]
            try Data([0, 0, 8, 3] + head + [0, 0, 0, 28, 0, 0, 0, 28] + pixels).write(to: folder.appendingPathComponent("\(split)-images-idx3-ubyte"))
            try Data([0, 0, 8, 1] + head + (0..<count).map { UInt8($0 % 10) }).write(to: folder.appendingPathComponent("\(split)-labels-idx1-ubyte"))
        }
    }

    /// Runs Python with the oracle's modules at hand.
    static func python(_ script: String, _ arguments: [String]) throws -> String {
        try Python.run("import sys\nsys.path.insert(0, r'\(Python.root.path)/Tests/Oracle')\n" + script, arguments)
    }
}

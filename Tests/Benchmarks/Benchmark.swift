import Images
import ModelFiles
import Networks
import Platform
import Texts
import ToolSupport

/// Times the library alone. `Tools/bench.sh` runs it in turn with the same work by others.
///
/// - `aebench MODEL BATCH THREADS SECONDS` prints the microseconds an image that reconstruction takes, data in memory;
/// - `aebench DATA [SIZE CHANNELS]` prints the seconds that reading training images and resizing them, to 32 x 32 gray pixels, takes.
@main
struct Benchmark {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.count == 1 || arguments.count == 3, let data = arguments.first {
            let start = Clock.now(), preparation = Preparation(size: arguments.dropFirst().first.flatMap(ImageSize.init), channels: arguments.count == 3 ? arguments.last.flatMap { Int($0) } : nil)
            _ = try DataSelection(data).source.load(.train, limit: nil, preparation.over(Preparation(Architecture.reportShape)))
            return try Messages.output((Clock.now() - start).significant(4))
        }
        guard arguments.count == 4, let path = arguments.first,
              case let numbers = arguments.dropFirst().compactMap(Double.init), numbers.count == 3, numbers[0] >= 1, numbers[1] >= 1 else {
            Messages.write("usage: aebench MODEL BATCH THREADS SECONDS, or aebench DATA [SIZE CHANNELS]")
            return
        }
        var work = Work(try ModelRecord.network(of: StoredFile(path)), batch: Int(numbers[0]), threads: Int(numbers[1]))
        work.run()
        let start = Clock.now()
        var runs = 0
        while Clock.now() - start < numbers[2] {
            work.run()
            runs += 1
        }
        try Messages.output(((Clock.now() - start) / Double(runs * Int(numbers[0])) * 1e6).significant(6))
    }
}

/// A batch of images, and the network that reconstructs them.
private struct Work {
    let inference: Inference
    let images: [Float]
    let labels: [UInt16]?
    var output: [Float]
    let batch: Int

    init(_ network: Network, batch: Int, threads: Int) {
        let model = network.description
        inference = Inference(network, threads: threads, of: batch)
        images = (0..<batch * model.inputCount).map { Float($0 % 251) / 250 }
        labels = model.isConditional ? (0..<batch).map { UInt16($0 % model.classes) } : nil
        output = [Float](repeating: 0, count: batch * model.outputCount)
        self.batch = batch
    }

    mutating func run() {
        images.withUnsafeBufferPointer { images in
            output.withUnsafeMutableBufferPointer { inference.run(.floats(images, count: batch), labels: labels, into: $0) }
        }
    }
}

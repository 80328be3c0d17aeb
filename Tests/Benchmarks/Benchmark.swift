import ModelFiles
import Models
import ToolSupport

/// Times reconstruction by the library alone, data in memory: `aebench MODEL BATCH THREADS SECONDS` prints microseconds an image.
///
/// `Tools/bench.sh` runs it in turn with the same work by others.
@main
struct Benchmark {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 4, let path = arguments.first,
              case let numbers = arguments.dropFirst().compactMap(Double.init), numbers.count == 3, numbers[0] >= 1, numbers[1] >= 1 else {
            Messages.write("usage: aebench MODEL BATCH THREADS SECONDS")
            return
        }
        let network = try ModelRecord.network(of: StoredFile(path)), batch = Int(numbers[0])
        let inference = Inference(network, threads: Int(numbers[1])), model = network.description
        let images = (0..<batch * model.inputCount).map { Float($0 % 251) / 250 }
        let labels = model.isConditional ? (0..<batch).map { UInt8($0 % model.classes) } : nil
        var output = [Float](repeating: 0, count: batch * model.outputCount)
        func run() {
            images.withUnsafeBufferPointer { images in
                output.withUnsafeMutableBufferPointer { inference.run(.floats(images, count: batch), labels: labels, into: $0) }
            }
        }
        run()
        let start = Clock.now()
        var runs = 0
        while Clock.now() - start < numbers[2] {
            run()
            runs += 1
        }
        try Messages.output(((Clock.now() - start) / Double(runs * batch) * 1e6).significant(6))
    }
}

import Images
import Layers
import Networks
import Optimization
import Tensors
import Training

/// Random images and labels, and networks in training on them.
enum TrainingCase {
    static let images = 130

    /// The first `count` of 1,016 images of random bytes.
    static func data(_ count: Int = images) -> PreparedImages {
        PreparedImages(ImageSet(Architecture.reportShape, .bytes(Array(pixels.prefix(count * Architecture.reportShape.count))), labels: Array(labels.prefix(count)),
                                classNames: (0..<10).map(String.init)))
    }

    private static let pixels: [UInt8] = words(1016 * Architecture.reportShape.count, .digits).map { UInt8(truncatingIfNeeded: $0) }
    private static let labels: [UInt16] = words(1016, .samples).map { UInt16($0 % 10) }
    private static func words(_ count: Int, _ purpose: Philox.Purpose) -> [UInt32] {
        let generator = Philox(seed: 1, purpose: purpose)
        return (0..<count).map { generator.words($0 / 4)[$0 % 4] }
    }

    /// A network of bottleneck 2 with initial weights, the same every time.
    static func network(_ architecture: Architecture) -> Network {
        let network = Network(try! architecture.model(bottleneck: 2))
        network.initialize(seed: 5)
        return network
    }

    static func options(epochs: Int = 4, _ change: (inout TrainingOptions) -> Void = { _ in }) -> TrainingOptions {
        var options = TrainingOptions()
        (options.epochs, options.klWeight, options.reconstructionWeight, options.seed) = (epochs, 0.75, 0.5, 9)
        change(&options)
        return options
    }

    /// As PyTorch repeats it: in file order and without noise.
    static func plain(epochs: Int = 4) -> TrainingOptions { options(epochs: epochs) { ($0.shuffle, $0.noise) = (false, .none) } }

    /// The network after training on the first `count` images to the end, and the losses of each step.
    static func trained(_ architecture: Architecture, _ options: TrainingOptions, count: Int = images,
                        threads: Int = 1) throws -> (Trainer, [Double]) {
        let trainer = Trainer(network(architecture), options, data: data(count), evaluation: data(70), threads: threads)
        return (trainer, try run(trainer))
    }

    /// Trains to the end; the mean loss of each step.
    static func run(_ trainer: Trainer) throws -> [Double] {
        var losses: [Double] = []
        while !trainer.isFinished {
            var images = 0, sum = 0.0
            _ = try trainer.runEpoch { done, mean in
                losses.append((mean * Double(done) - sum) / Double(done - images))
                (images, sum) = (done, mean * Double(done))
                return true
            }
        }
        return losses
    }
}

/// All that training changes, for comparisons to the bit: values, Adam's state and counters.
struct Snapshot: CustomStringConvertible {
    private let values: [[UInt32]], means: [[UInt32]], squares: [[UInt32]], counters: [Int64]

    /// Short, for messages.
    var description: String { "snapshot" }

    func equals(_ other: Snapshot) -> Bool {
        values == other.values && means == other.means && squares == other.squares && counters == other.counters
    }

    init(_ network: Network) {
        let parameters = network.parameters.map(\.parameter)
        values = parameters.map { $0.values.map(\.bitPattern) }
        means = parameters.map { $0.mean?.map(\.bitPattern) ?? [] }
        squares = parameters.map { $0.square?.map(\.bitPattern) ?? [] }
        counters = parameters.map(\.counter)
    }

    /// Writes all of it into another network that is prepared to be trained.
    func restore(_ network: Network) {
        func copy(_ bits: [UInt32], _ target: UnsafeMutableBufferPointer<Float>?) {
            for (index, bits) in bits.enumerated() { target![index] = Float(bitPattern: bits) }
        }
        for (index, parameter) in network.parameters.map(\.parameter).enumerated() {
            copy(values[index], parameter.values)
            copy(means[index], parameter.mean)
            copy(squares[index], parameter.square)
            parameter.counter = counters[index]
        }
    }
}

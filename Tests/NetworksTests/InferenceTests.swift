import Foundation
import Layers
import Networks
import Tensors
import TestSupport
import Testing

/// Encoding, decoding and whole passes against PyTorch, from the same random weights.
struct InferenceTests {
    static let counts = [1, 16, 64, 65, 130]
    /// The images of all networks; a count takes the first of them.
    private static let images = (0..<130 * 1024).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }
    private static let labels = (0..<130).map { UInt16($0 * 7 % 10) }

    /// A network with random weights and running statistics.
    private static func network(_ given: ModelCase) -> Network {
        let network = Network(given.model)
        network.initialize(seed: 17)
        for (index, (_, parameter)) in network.parameters.enumerated() where parameter.description.role == .statistic {
            Philox(seed: 18, purpose: .weights, stream: index).fillUniform(parameter.values, bound: 0.3)
            if parameter.description.name == "running_var" { for value in parameter.values.indices { parameter.values[value] += 0.5 } }
        }
        return network
    }

    /// What PyTorch gives for 130 images: tensors called like "ae 2 image", and z, mu, logvar and decoded likewise; made once.
    private static let expected = Result { () throws -> RawTensors in
        let scratch = try Scratch()
        let data = RawTensors([("images", [130, 1, 32, 32], images.map { Float($0) }), ("labels", [130], labels.map { Float($0) })])
        try data.write(to: scratch.path("data"))
        for given in ModelCase.all {
            let tensors = network(given).parameters.filter { $0.parameter.description.role != .counter }
            try RawTensors(tensors.map { ($0.name, $0.parameter.description.shape, Array($0.parameter.values)) }).write(to: scratch.path("\(given)"))
        }
        _ = try Python.oracle("""
            import glob
            import torch
            import raw_tensors
            from networks import build, one_hot
            data = raw_tensors.read("data")
            x, labels, results = data["images"] / 255, one_hot(data["labels"]), {}
            with torch.no_grad():
                for path in glob.glob("*bottleneck*"):
                    name, k = path.split(", bottleneck ")
                    network = build(name, int(k))
                    network.load_state_dict(raw_tensors.read(path), strict=False)
                    network.eval()
                    if name == "reader":
                        results[path + " image"] = network(x)
                        continue
                    given = labels if network.classes else None
                    for kind, tensor in network(x, given)._asdict().items():
                        if tensor is not None:
                            results[path + " " + kind] = tensor
                    # Something else than the images' own latents, as decoding takes them.
                    results[path + " decoded"] = network.decode(results[path + " z"].flip(1), given)
            raw_tensors.write("results", results)
            """, in: scratch)
        return try RawTensors(contentsOf: scratch.path("results"))
    }

    /// The largest difference from the first of PyTorch's rows, over its largest number.
    private func difference(_ ours: [Float], _ given: ModelCase, _ kind: String) throws -> Double {
        let all = try #require(try Self.expected.get()["\(given) \(kind)"]), want = all.prefix(ours.count).doubles
        return largestDifference(ours.doubles, want) / max(1, largest(want))
    }

    @Test(arguments: ModelCase.all) func matchesPyTorch(_ given: ModelCase) throws {
        let network = Self.network(given), model = network.description
        for threads in 1...2 {
            for (count, isAlone) in Self.counts.map({ ($0, false) }) + [(1, true)] {
                let inference = Inference(network, threads: threads, of: isAlone ? 1 : nil)
                let run = output(inference, count)
                #expect(try difference(run, given, "image") < 1e-5)
                guard !model.isReader else { continue }
                let latents = encoded(inference, count)
                #expect(try difference(latents.z, given, "z") < 1e-5)
                if model.isVariational {
                    #expect(latents.mu == latents.z)
                    #expect(try difference(latents.mu, given, "mu") < 1e-5)
                    #expect(try difference(latents.logvar, given, "logvar") < 1e-5)
                }
                let d = model.latentCount, flipped = latents.z.indices.map { latents.z[$0 / d * d + d - 1 - $0 % d] }
                #expect(try difference(decoded(inference, flipped), given, "decoded") < 1e-5)
            }
        }
    }

    /// To the bit: an image's results depend neither on the threads nor on the images beside it, nor on whether it came as bytes or floats.
    @Test(arguments: [Architecture.ae, .conv, .convCVAE]) func sameBits(_ architecture: Architecture) {
        let network = Self.network(ModelCase(architecture: architecture, bottleneck: 3)), all = output(Inference(network), 130)
        for threads in 1...3 {
            let inference = Inference(network, threads: threads)
            for count in Self.counts { #expect(output(inference, count) == Array(all.prefix(count * 1024))) }
            var floats = [Float](repeating: 0, count: all.count)
            Self.images.map { Float($0) / 255 }.withUnsafeBufferPointer { images in
                floats.withUnsafeMutableBufferPointer { inference.run(.floats(images, count: 130), labels: Self.labels, into: $0) }
            }
            #expect(floats == all)
        }
    }

    /// Samples follow mu and logvar, come again with their seed, and do not depend on the threads or on where a run begins.
    @Test func sampling() {
        let network = Self.network(ModelCase(architecture: .vae, bottleneck: 3))
        let first = encoded(Inference(network), 130, sampling: Sampling(seed: 1))
        let again = encoded(Inference(network, threads: 2), 130, sampling: Sampling(seed: 1))
        #expect(first.z == again.z && first.mu == again.mu)
        #expect(first.z != encoded(Inference(network), 130, sampling: Sampling(seed: 2)).z)
        #expect(first.mu == encoded(Inference(network), 130).z)
        let noise = first.z.indices.map { (first.z[$0] - first.mu[$0]) / Float(exp(Double(first.logvar[$0]) / 2)) }, count = Float(noise.count)
        let mean = noise.reduce(0, +) / count, variance = noise.reduce(0) { $0 + $1 * $1 } / count
        #expect(abs(mean) < 0.25 && abs(variance - 1) < 0.35)
        for start in [1, 3, 16, 50] {
            let rest = encoded(Inference(network), 130 - start, from: start, sampling: Sampling(seed: 1, first: start))
            #expect(rest.z == Array(first.z.dropFirst(start * 3)), "from image \(start)")
        }
    }

    @Test func nothing() {
        let inference = Inference(Self.network(ModelCase(architecture: .conv, bottleneck: 2)), threads: 2)
        #expect(output(inference, 0).isEmpty && encoded(inference, 0).z.isEmpty && decoded(inference, []).isEmpty)
    }

    // MARK: Arrays in and out

    private func output(_ inference: Inference, _ count: Int) -> [Float] {
        var output = [Float](repeating: .nan, count: count * inference.network.description.outputCount)
        Self.images.withUnsafeBufferPointer { images in
            output.withUnsafeMutableBufferPointer { inference.run(.bytes(images, count: count), labels: Self.labels, into: $0) }
        }
        return output
    }

    private func encoded(_ inference: Inference, _ count: Int, from first: Int = 0, sampling: Sampling? = nil) -> Latents {
        Self.images[(first * 1024)...].withUnsafeBufferPointer {
            inference.encode(.bytes($0, count: count), labels: Array(Self.labels[first...]), sampling: sampling)
        }
    }

    private func decoded(_ inference: Inference, _ z: [Float]) -> [Float] {
        let model = inference.network.description
        var images = [Float](repeating: .nan, count: z.count / model.latentCount * model.outputCount)
        z.withUnsafeBufferPointer { z in images.withUnsafeMutableBufferPointer { inference.decode(z, labels: Self.labels, into: $0) } }
        return images
    }
}

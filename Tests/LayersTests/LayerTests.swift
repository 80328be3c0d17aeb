import CKernels
import Layers
import Tensors
import TestSupport
import Testing

/// Every layer of Tests/Fixtures/layers.json, forward and back, against PyTorch's numbers, on 1, 2, 3, 8 and 16 threads with the same bits.
struct LayerTests {
    /// The layers without batch statistics.
    static let plain = ["Linear", "Conv2d", "ConvTranspose2d", "ReLU", "Sigmoid"].flatMap(LayerCase.all)

    private func run(_ given: LayerCase, activation: Activation = .identity, threads: Int) throws -> LayerRun {
        let layer = try given.parsed(), shape = given[given.tensors["input"] == nil ? "input_1" : "input"].shape
        let weights = layer.parameters.compactMap { given.tensors[$0.name]?.floats }
        return try LayerRun(layer, input: Array(shape.dropFirst()), weights: weights, images: shape[0], activation: activation, threads: threads)
    }

    @Test(arguments: plain) func matchesPyTorch(_ given: LayerCase) throws {
        var bits: Set<[[UInt32]]> = []
        for threads in [1, 2, 3, 8, 16] {
            let run = try run(given, threads: threads)
            let y = run.forward(given["input"].floats, training: true), dx = run.backward(given["output_gradient"].floats)
            #expect(difference(y, given["output"].values) < 1e-6)
            #expect(difference(dx, given["input_gradient"].values) < 1e-6)
            for (parameter, gradient) in zip(run.operation.parameters, run.gradients) {
                guard let want = given.tensors["\(parameter.description.name)_gradient"] else { continue }
                #expect(difference(gradient, want.values) < 2e-6, "\(parameter.description.name)")
            }
            #expect(run.gradientPaddingIsZero)
            bits.insert([y.bits, dx.bits] + run.gradients.map(\.bits))
        }
        #expect(bits.count == 1, "the number of threads changes the result")
    }

    /// A small batch after a large one, as at the end of an epoch, gives what it gives alone.
    @Test(arguments: plain + LayerCase.all("BatchNorm2d"), 1...3) func smallBatchAfterLargeOne(_ given: LayerCase, threads: Int) throws {
        let layer = try given.parsed(), input = Array(given[given.tensors["input"] == nil ? "input_1" : "input"].shape.dropFirst())
        let features = input.reduce(1, *), outputs = try layer.outputShape(of: input).reduce(1, *)
        let weights = layer.parameters.compactMap { given.tensors[$0.name]?.floats }
        func values(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 37) / 8 - 2 } }
        func run(_ batches: [Int]) throws -> [[UInt32]] {
            let run = try LayerRun(layer, input: input, weights: weights, images: 130, threads: threads)
            var last: [[UInt32]] = []
            for images in batches {
                last = [run.forward(values(images * features), training: true).bits, run.backward(values(images * outputs)).bits]
            }
            return last
        }
        #expect(try run([130, 3]) == run([3]))
    }

    @Test(arguments: plain) func paddingDoesNotLeak(_ given: LayerCase) throws {
        let run = try run(given, threads: 1), input = given["input"].floats
        #expect(run.forward(input, training: false).bits == run.forward(input, training: false, padding: .nan).bits)
    }

    /// An activation that a layer takes over gives what a layer of its own gives.
    @Test(arguments: ["Linear", "Conv2d", "ConvTranspose2d"].flatMap(LayerCase.all), [true, false])
    func fusedActivations(_ given: LayerCase, _ isReLU: Bool) throws {
        let input = given["input"].floats, gradient = given["output_gradient"].floats
        let function: any ActivationLayer = isReLU ? ReLU() : Sigmoid()
        let fused = try run(given, activation: function.activation, threads: 2), separate = try run(given, threads: 2)
        let second = try LayerRun(function, input: Array(given["output"].shape.dropFirst()), weights: [], images: given["input"].shape[0], threads: 2)
        let y = fused.forward(input, training: true)
        #expect(difference(y, second.forward(separate.forward(input, training: true), training: true).doubles) < 1e-7)
        let dx = separate.backward(second.backward(gradient))
        #expect(difference(fused.backward(gradient), dx.doubles) < 1e-6)
        for (ours, want) in zip(fused.gradients, separate.gradients) { #expect(difference(ours, want.doubles) < 1e-6) }
    }

    /// Two steps of training, then evaluation: the batch's statistics and the running ones.
    @Test(arguments: LayerCase.all("BatchNorm2d"), [Float(0), .nan]) func batchNorm(_ given: LayerCase, padding: Float) throws {
        var bits: Set<[[UInt32]]> = []
        for threads in [1, 2, 3, 8, 16] {
            var results: [[Float]] = []
            let run = try run(given, threads: threads), fresh = try self.run(given, threads: threads)
            run.operation.parameters[3].values.update(repeating: 1)
            for step in 1...2 {
                let tested = step == 1 ? run : fresh
                let y = run.forward(given["input_\(step)"].floats, training: true, padding: padding)
                #expect(difference(y, given["output_\(step)"].values) < 1e-6)
                for (name, index) in [("running_mean", 2), ("running_var", 3)] {
                    #expect(difference(Array(run.operation.parameters[index].values), given["\(name)_\(step)"].values) < 1e-6, "\(name)")
                }
                #expect(run.operation.parameters[4].counter == step)
                if step == 2 { _ = fresh.forward(given["input_2"].floats, training: true, padding: padding) }
                let dx = tested.backward(given["output_gradient_\(step)"].floats)
                #expect(difference(dx, given["input_gradient_\(step)"].values) < 1e-6)
                #expect(difference(tested.gradients[0], given["weight_gradient_\(step)"].values) < 2e-6)
                #expect(difference(tested.gradients[1], given["bias_gradient_\(step)"].values) < 2e-6)
                #expect(tested.gradientPaddingIsZero)
                results += [y, dx] + tested.gradients
            }
            let evaluated = run.forward(given["input_2"].floats, training: false, padding: padding)
            #expect(difference(evaluated, given["evaluated_2"].values) < 1e-6)
            #expect(run.operation.parameters[4].counter == 2)
            bits.insert((results + [evaluated]).map(\.bits))
        }
        #expect(bits.count == 1, "the number of threads changes the result")
    }

    /// A channel of one value has the variance 0, and its running variance must stay a number.
    @Test func batchNormOfOneValue() throws {
        let run = try LayerRun(BatchNorm2d(1), input: [1, 1, 1], weights: [[2], [3]], images: 1, threads: 1)
        // x - mean is zero but for round-off, of which the scale, 2 / sqrt(1e-5), makes 632 times as much.
        #expect(abs(run.forward([5], training: true)[0] - 3) < 1e-3)
        #expect(run.operation.parameters.allSatisfy { $0.values.allSatisfy(\.isFinite) })
    }

    @Test(arguments: [1, 16, 19]) func gaussian(_ images: Int) throws {
        let run = try LayerRun(Gaussian(2), input: [4], weights: [], images: images, threads: 2)
        var heads: [Float] = [], means: [Float] = [], noise: [Float] = [], samples: [Double] = []
        for image in 0..<images {
            let mu: [Float] = [Float(image) / 8, -1], logvar: [Float] = [0.5, Float(image % 3) - 1]
            heads += mu + logvar
            means += mu
            for index in 0..<2 {
                noise.append(Float((image + index) % 5) - 2)
                samples.append(Double(mu[index]) + exponential(Double(logvar[index]) / 2) * Double(noise.last!))
            }
        }
        #expect(run.forward(heads, training: false) == means)
        #expect(difference(run.forward(heads, training: true, noise: noise), samples) < 1e-6)
    }
}

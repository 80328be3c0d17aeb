import Layers
import Tensors
import TestSupport
import Testing

/// Every layer beside PyTorch's own: text, forward, gradients, running statistics and evaluation, with the same bits on 1, 3 and 16 threads.
struct PyTorchLayerTests {
    private func run(_ given: PyTorchCase, activation: Activation = .identity, threads: Int) throws -> LayerRun {
        let layer = try LayerText.parse(given.text), result = try given.result()
        let weights = layer.parameters.filter { $0.role == .trainable }.map { result[$0.name].floats }
        let run = try LayerRun(layer, input: given.input, weights: weights, images: given.images, activation: activation, threads: threads)
        for parameter in run.operation.parameters where parameter.description.name == "running_var" { parameter.values.update(repeating: 1) }
        return run
    }

    /// What Python makes and what PyTorch prints are the same layer, whose own text is read back.
    @Test(arguments: PyTorchCase.all) func text(_ given: PyTorchCase) throws {
        let layer = try LayerText.parse(given.text), printed = try LayerText.parse(given.result().printed)
        #expect(printed.text == layer.text || !given.isPrintedWhole)
        #expect(try LayerText.parse(layer.text).text == layer.text)
        let result = try given.result()
        #expect(try layer.outputShape(of: given.input) == Array(result["output"].shape.dropFirst()))
        #expect(layer.parameters.allSatisfy { $0.role == .trainable ? result[$0.name].shape == $0.shape : result["after_\($0.name)"].shape == $0.shape })
    }

    @Test(arguments: PyTorchCase.all) func matchesPyTorch(_ given: PyTorchCase) throws {
        let result = try given.result()
        var bits: Set<[[UInt32]]> = []
        for threads in [1, 3, 16] {
            let run = try run(given, threads: threads)
            let y = run.forward(result["input"].floats, training: true), dx = run.backward(result["output_gradient"].floats)
            #expect(difference(y, result["output"].values) < 2e-6)
            #expect(difference(dx, result["input_gradient"].values) < 3e-6)
            let trained = run.operation.parameters.filter { $0.description.role == .trainable }
            for (parameter, gradient) in zip(trained, run.gradients) {
                #expect(difference(gradient, result["\(parameter.description.name)_gradient"].values) < 3e-6, "\(parameter.description.name)")
            }
            for parameter in run.operation.parameters where parameter.description.role == .statistic {
                #expect(difference(Array(parameter.values), result["after_\(parameter.description.name)"].values) < 2e-6, "\(parameter.description.name)")
            }
            #expect(run.gradientPaddingIsZero)
            let evaluated = run.forward(result["input"].floats, training: false)
            #expect(difference(evaluated, result["evaluated"].values) < 2e-6)
            bits.insert([y.bits, dx.bits, evaluated.bits] + run.gradients.map(\.bits))
        }
        #expect(bits.count == 1, "the number of threads changes the result")
    }

    /// One image without a block around it.
    @Test(arguments: PyTorchCase.all) func imageAlone(_ given: PyTorchCase) throws {
        let result = try given.result(), run = try run(given, threads: 3), size = given.input.reduce(1, *)
        _ = run.forward(result["input"].floats, training: true)
        let y = run.forward(image: Array(result["input"].floats.prefix(size)))
        #expect(difference(y, Array(result["evaluated"].values.prefix(y.count))) < 3e-6)
    }

    /// A small batch after a large one gives what it gives alone, and padding does not leak into images.
    @Test(arguments: PyTorchCase.all) func smallBatchAfterLargeOne(_ given: PyTorchCase) throws {
        let layer = try LayerText.parse(given.text), features = given.input.reduce(1, *), outputs = try layer.outputShape(of: given.input).reduce(1, *)
        func values(_ count: Int) -> [Float] { (0..<count).map { Float($0 % 37) / 8 - 2 } }
        func run(_ batches: [Int], padding: Float = 0) throws -> [[UInt32]] {
            let run = try LayerRun(layer, input: given.input, weights: [], images: 130, threads: 3)
            for parameter in run.operation.parameters where parameter.description.role == .trainable { parameter.values.update(repeating: 0.5) }
            var last: [[UInt32]] = []
            for images in batches {
                last = [run.forward(values(images * features), training: true, padding: padding).bits, run.backward(values(images * outputs)).bits]
            }
            return last
        }
        #expect(try run([130, 3]) == run([3]))
        #expect(try run([3]).first == run([3], padding: .nan).first)
    }

    /// Layers that take an activation over, one of each kind.
    private static let taking = ["Linear(7, 5, bias=False)", "Conv2d(3, 3, 3, padding=1, groups=3, bias=False)", "ConvTranspose2d(3, 3, (2, 4), groups=3, bias=False)",
                                 "BatchNorm1d(6)", "GroupNorm(2, 6)", "LayerNorm((3, 4))"].map { text in PyTorchCase.all.first { $0.text == text }! }
    private static let functions: [any ActivationLayer] = [ReLU(), Sigmoid(), Tanh(), LeakyReLU(0.2), LeakyReLU(-1), ELU(), ELU(-1), Hardtanh(-0.5, 2), Scale(-3), Softplus(),
                                                           SiLU(), GELU(), GELU(approximate: true)]

    /// An activation that a layer takes over gives what a layer of its own gives; only normalisations take those that need their argument.
    @Test(arguments: taking, functions.indices) func fusedActivations(_ given: PyTorchCase, _ index: Int) throws {
        let function = Self.functions[index], result = try given.result()
        let input = result["input"].floats, gradient = result["output_gradient"].floats, separate = try run(given, threads: 2)
        let isNormalization = given.text.contains("Norm")
        #expect(separate.operation.takes(function.activation) == (isNormalization || function.activation.gradientFrom == .result))
        guard separate.operation.takes(function.activation) else { return }
        let fused = try run(given, activation: function.activation, threads: 2)
        let second = try LayerRun(function, input: Array(result["output"].shape.dropFirst()), weights: [], images: given.images, threads: 2)
        let y = fused.forward(input, training: true)
        #expect(difference(y, second.forward(separate.forward(input, training: true), training: true).doubles) < 1e-6)
        let dx = separate.backward(second.backward(gradient))
        #expect(difference(fused.backward(gradient), dx.doubles) < 3e-6)
        for (ours, want) in zip(fused.gradients, separate.gradients) { #expect(difference(ours, want.doubles) < 3e-6) }
    }

    @Test func scale() throws {
        let run = try LayerRun(Scale(-2.5), input: [3], weights: [], images: 2, threads: 1)
        #expect(run.forward([1, 2, 3, -4, 5, 0], training: false) == [-2.5, -5, -7.5, 10, -12.5, 0])
        #expect(run.backward([1, 2, 3, -4, 5, 0]) == [-2.5, -5, -7.5, 10, -12.5, 0])
    }
}

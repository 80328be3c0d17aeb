import CKernels
import Foundation
import Layers
import Tensors
import Testing

/// The losses' and Adam's kernels on the cases of Tests/Fixtures/layers.json. Cases of several blocks are done block by block.
struct LossTests {
    /// Blocks of up to 16 images [features][16] of a tensor [images][features], and back.
    private func blocks(_ tensor: LayerCase.Tensor) -> [(rows: FloatBuffer, images: Int)] {
        let (count, features) = (tensor.shape[0], tensor.shape[1]), values = tensor.floats
        return stride(from: 0, to: count, by: 16).map { first in
            let rows = FloatBuffer(count: features * 16), images = min(16, count - first)
            for i in 0..<images { for f in 0..<features { rows.pointer[f * 16 + i] = values[(first + i) * features + f] } }
            return (rows, images)
        }
    }

    private func joined(_ blocks: [(rows: FloatBuffer, images: Int)], features: Int) -> [Float] {
        blocks.flatMap { block in (0..<block.images).flatMap { i in (0..<features).map { block.rows.pointer[$0 * 16 + i] } } }
    }

    /// The sum of squared errors and its gradient.
    private func squaredError(_ given: LayerCase, scale: Double) -> (sum: Double, gradient: [Float]) {
        let x = blocks(given["x"]), y = blocks(given["x_hat"]), features = given["x"].shape[1]
        var sum = 0.0
        let gradient = zip(x, y).map { x, y in
            let dy = FloatBuffer(count: features * 16)
            sum += Kernels.table.squared_error(y.rows.pointer, x.rows.pointer, dy.pointer, features, x.images, Float(scale))
            return (dy, x.images)
        }
        return (sum, joined(gradient, features: features))
    }

    @Test(arguments: LayerCase.all("MSELoss")) func meanSquaredError(_ given: LayerCase) {
        let count = Double(given["x"].values.count), (sum, gradient) = squaredError(given, scale: 2 / count)
        #expect(abs(sum / count - given["loss"].values[0]) < 1e-7)
        #expect(difference(gradient, given["x_hat_gradient"].values) < 1e-7)
    }

    @Test(arguments: LayerCase.all("CrossEntropyLoss")) func crossEntropy(_ given: LayerCase) {
        let logits = blocks(given["logits"]), labels = given["labels"].values.map { UInt16($0) }, count = Double(labels.count)
        var sum = 0.0
        let gradient = logits.enumerated().map { index, block in
            let dx = FloatBuffer(count: 160)
            sum += Kernels.table.cross_entropy(block.rows.pointer, Array(labels[(index * 16)...]), dx.pointer, 10, block.images, Float(1 / count))
            return (dx, block.images)
        }
        #expect(abs(sum / count - given["loss"].values[0]) < 1e-6)
        #expect(difference(joined(gradient, features: 10), given["logits_gradient"].values) < 1e-7)
    }

    /// [images][2 k] of two tensors [images][k].
    private func sideBySide(_ a: LayerCase.Tensor, _ b: LayerCase.Tensor) -> LayerCase.Tensor {
        let k = a.shape[1], rows = stride(from: 0, to: a.values.count, by: k).map { $0..<$0 + k }
        return .init(shape: [a.shape[0], 2 * k], values: rows.flatMap { a.values[$0] + b.values[$0] })
    }

    @Test(arguments: LayerCase.all("VAELoss")) func variational(_ given: LayerCase) throws {
        let images = given["x"].shape[0], k = given["mu"].shape[1]
        let reconstruction = given.option("reconstruction_weight"), kl = given.option("kl_weight")
        let (sum, gradient) = squaredError(given, scale: 2 * reconstruction / Double(images))
        #expect(difference(gradient, given["x_hat_gradient"].values) < 1e-6)

        let run = try LayerRun(Gaussian(k), input: [2 * k], weights: [], images: images, threads: 1)
        let heads = sideBySide(given["mu"], given["logvar"])
        _ = run.forward(heads.floats, training: true)
        let dx = run.backward([Float](repeating: 0, count: images * k), klScale: Float(kl / Double(images)))
        #expect(run.gradientPaddingIsZero)
        #expect(difference(dx, sideBySide(given["mu_gradient"], given["logvar_gradient"]).values) < 1e-6)

        var divergence = 0.0
        for block in blocks(heads) {
            let rows = Activations(block.rows.pointer, stride: 0, features: 2 * k)
            let pass = Pass(member: .alone, images: block.images, training: false, scratch: block.rows.pointer)
            divergence += (run.operation as! GaussianOperation).divergence(rows, block: 0, pass)
        }
        #expect(abs((reconstruction * sum + kl * divergence) / Double(images) - given["loss"].values[0]) < 1e-6)
    }

    @Test(arguments: LayerCase.all("Adam")) func adam(_ given: LayerCase) {
        let w = FloatBuffer(given["parameter"].floats), m = FloatBuffer(count: w.count), v = FloatBuffer(count: w.count)
        for step in 1...3 {
            let gradient = Array(given["gradients"].floats[(step - 1) * w.count..<step * w.count])
            var adam = aek_adam(beta1: 0.9, beta2: 0.999, rest1: 0.1, rest2: 0.001, epsilon: 1e-8,
                                rate: Float(given.option("learning_rate") / (1 - pow(0.9, Double(step)))),
                                scale: Float(1 / (1 - pow(0.999, Double(step))).squareRoot()))
            Kernels.table.adam(w.pointer, m.pointer, v.pointer, gradient, w.count, &adam)
            for (ours, name, tolerance) in [(w, "parameter", 1e-7), (m, "m", 1e-7), (v, "v", 1e-9)] {
                #expect(difference(Array(ours.elements), given["\(name)_\(step)"].values) < tolerance, "\(name), step \(step)")
            }
        }
    }
}

/// exp, for tests that do without Foundation.
func exponential(_ x: Double) -> Double { exp(x) }

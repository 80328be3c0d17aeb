import CKernels
import Foundation
import Tensors
import TestSupport
import Testing

/// The kernels that go element by element, and those that bring images in and out.
struct ElementKernelTests {
    @Test(arguments: Level.all) func activations(_ level: Level) {
        var random = Random(12)
        for rows in [1, 2, 7, 33] {
            for activation in aek_activation.all {
                let x = Rows(blocks: 1, features: rows) { 6 * random.unit() }, dy = Rows(blocks: 1, features: rows) { random.unit() }
                let y = Rows(blocks: 1, features: rows), dx = Rows(blocks: 1, features: rows)
                level.table.activate(x.pointer, y.pointer, rows, activation)
                #expect(y.worst(Naive.each(1, rows) { Naive.activation(x[$0, $1, $2], activation) }) < 1e-6, "\(activation)")
                level.table.activate_gradient((activation.from_argument == 1 ? x : y).pointer, dy.pointer, dx.pointer, rows, activation)
                #expect(dx.worst(Naive.each(1, rows) { Naive.slope(x[$0, $1, $2], activation) * dy[$0, $1, $2] }) < 3e-6, "\(activation)")
            }
        }
    }

    /// Two units in the last place, over the arguments for which the result is a normal number.
    @Test(arguments: Level.all) func sigmoidIsAccurate(_ level: Level) {
        let worst = worstUlps(from: -87, to: 40) { x, y, rows in level.table.activate(x, y, rows, .from(result: AEK_SIGMOID)) } exact: { 1 / (1 + exp(-$0)) }
        #expect(worst <= 2.5)
    }

    /// tanh, e^x - 1 and log(1 + e^x) in units in the last place; GELU to 1e-6, or as many ulps where it is greater.
    @Test(arguments: Level.all) func functionsAreAccurate(_ level: Level) {
        func worst(_ activation: aek_activation, from low: Double, to high: Double) -> Double {
            worstUlps(from: low, to: high) { x, y, rows in level.table.activate(x, y, rows, activation) } exact: { Naive.activation($0, activation) }
        }
        #expect(worst(.from(result: AEK_TANH), from: -10, to: 10) <= 4)
        #expect(worst(.from(result: AEK_ELU, 1), from: -20, to: 0) <= 4)
        #expect(worst(.from(argument: AEK_SOFTPLUS, 1, 100), from: -80, to: 80) <= 4)
        let rows = 4096, x = FloatBuffer(count: rows * 16), y = FloatBuffer(count: rows * 16)
        for index in 0..<x.count { x.pointer[index] = Float(index) / 4096 - 8 }
        for function in [AEK_GELU, AEK_GELU_TANH, AEK_SILU] {
            level.table.activate(x.pointer, y.pointer, rows, .from(argument: function))
            let errors = (0..<x.count).map { index in
                let want = Naive.activation(Double(x.pointer[index]), .from(argument: function))
                return abs(Double(y.pointer[index]) - want) / max(1, abs(want))
            }
            #expect(errors.max()! < 1e-6 && !errors.contains { $0.isNaN }, "\(function)")
        }
    }

    /// What is far out, infinite or no number, as PyTorch has it.
    @Test(arguments: Level.all) func functionsFarOut(_ level: Level) {
        let given: [Float] = [.nan, .infinity, -.infinity, 1e30, -1e30, 200, -200, -0.0]
        for (activation, want) in [(aek_activation.from(result: AEK_TANH), [.nan, 1, -1, 1, -1, 1, -1, -0.0]),
                                   (.from(result: AEK_ELU, 1), [.nan, .infinity, -1, 1e30, -1, 200, -1, 0]),
                                   (.from(result: AEK_HARDTANH, -1, 1), [.nan, 1, -1, 1, -1, 1, -1, 0]),
                                   (.from(argument: AEK_SOFTPLUS, 1, 20), [.nan, .infinity, 0, 1e30, 0, 200, 0, 0.6931472]),
                                   (.from(argument: AEK_GELU), [.nan, .infinity, .nan, 1e30, 0, 200, 0, 0])] as [(aek_activation, [Float])] {
            let x = Guarded(16) { 0 }, y = Guarded(16)
            for (index, value) in given.enumerated() { x.pointer[index] = value }
            level.table.activate(x.pointer, y.pointer, 1, activation)
            for (index, value) in want.enumerated() where !value.isNaN || given[index].isNaN {
                #expect(value.isNaN ? y[index].isNaN : y[index] == Double(value) || abs(y[index] - Double(value)) < 1e-6, "\(activation) of \(given[index])")
            }
        }
    }

    /// exp alone: a sample with mu 0 and noise 1 is exp(logvar / 2).
    @Test(arguments: Level.all) func exponentialIsAccurate(_ level: Level) {
        let worst = worstUlps(from: -86, to: 87) { x, y, rows in
            let logvar = Guarded(rows * 16), mu = Guarded(rows * 16) { 0 }, noise = Guarded(rows * 16) { 1 }
            for index in 0..<rows * 16 { logvar.pointer[index] = 2 * x[index] }
            level.table.gaussian_sample(mu.pointer, logvar.pointer, noise.pointer, y, rows)
        } exact: { exp($0) }
        #expect(worst <= 2)
    }

    /// The largest error, in units in the last place of the exact result, over a million arguments.
    private func worstUlps(from low: Double, to high: Double, _ kernel: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void,
                           exact: (Double) -> Double) -> Double {
        let rows = 65_536, count = rows * 16, x = FloatBuffer(count: count), y = FloatBuffer(count: count)
        for index in 0..<count { x.pointer[index] = Float(low + (high - low) * Double(index) / Double(count - 1)) }
        kernel(x.pointer, y.pointer, rows)
        let want = x.elements.map { exact(Double($0)) }
        let ulps = zip(y.elements, want).map { (Double($0) - $1) / Double(Float($1).ulp) }
        return largestDifference(ulps, [Double](repeating: 0, count: count))
    }

    @Test(arguments: Level.all) func extremes(_ level: Level) {
        let given: [Float] = [.nan, .infinity, -.infinity, 100, -100, 0, -0.0, 1e30, -1e30], want: [Double] = [.nan, 1, 0, 1, 0, 0.5, 0.5, 1, 0]
        let x = Guarded(16) { 0 }, y = Guarded(16)
        for (index, value) in given.enumerated() { x.pointer[index] = value }
        level.table.activate(x.pointer, y.pointer, 1, .from(result: AEK_SIGMOID))
        for (index, value) in want.enumerated() { #expect(value.isNaN ? y[index].isNaN : abs(y[index] - value) < 1e-37) }
        level.table.activate(x.pointer, y.pointer, 1, .from(result: AEK_RELU))
        for (index, value) in given.enumerated() { #expect(value.isNaN ? y[index].isNaN : y[index] == Double(max(value, 0))) }
    }

    @Test(arguments: Level.all) func add(_ level: Level) {
        var random = Random(13)
        for rows in 1...5 {
            let x = Rows(blocks: 1, features: rows) { random.unit() }, y = Rows(blocks: 1, features: rows) { random.unit() }
            let want = Naive.each(1, rows) { Double(Float(x[$0, $1, $2]) + Float(y[$0, $1, $2])) }
            level.table.add(x.pointer, y.pointer, y.pointer, rows)
            #expect(y.worst(want) == 0)
        }
    }

    @Test(arguments: Level.all) func squaredError(_ level: Level) {
        var random = Random(14)
        for images in 1...16 {
            let rows = images, y = Rows(blocks: 1, features: rows) { random.unit() }, x = Rows(blocks: 1, features: rows) { random.unit() }
            let dy = Rows(blocks: 1, features: rows)
            let want = Naive.each(1, rows) { b, f, lane in lane < images ? y[b, f, lane] - x[b, f, lane] : 0 }
            let sum = want.reduce(0) { $0 + $1 * $1 }
            #expect(abs(level.table.squared_error(y.pointer, x.pointer, nil, rows, images, 0.25) - sum) < 1e-5 * sum)
            #expect(abs(level.table.squared_error(y.pointer, x.pointer, dy.pointer, rows, images, 0.25) - sum) < 1e-5 * sum)
            #expect(dy.worst(want.map { 0.25 * $0 }) < 1e-7)
        }
    }

    @Test(arguments: Level.all) func gaussian(_ level: Level) {
        var random = Random(15)
        for images in 1...16 {
            let k = 1 + images % 5, given = (0..<4).map { _ in Rows(blocks: 1, features: k) { random.unit() } }
            let (mu, logvar, noise, dz) = (given[0], given[1], given[2], given[3])
            let z = Rows(blocks: 1, features: k), dmu = Rows(blocks: 1, features: k), dlogvar = Rows(blocks: 1, features: k)
            level.table.gaussian_sample(mu.pointer, logvar.pointer, noise.pointer, z.pointer, k)
            #expect(z.worst(Naive.each(1, k) { mu[$0, $1, $2] + exp(logvar[$0, $1, $2] / 2) * noise[$0, $1, $2] }) < 1e-6)

            let kl = level.table.gaussian_kl(mu.pointer, logvar.pointer, noise.pointer, dz.pointer, dmu.pointer, dlogvar.pointer, k, images, 0.5)
            let divergence = Naive.each(1, k) { b, f, lane in
                let (m, l) = (mu[b, f, lane], logvar[b, f, lane])
                return lane < images ? (m * m + exp(l) - 1 - l) / 2 : 0
            }
            #expect(abs(kl - divergence.reduce(0, +)) < 1e-5)
            #expect(level.table.gaussian_kl(mu.pointer, logvar.pointer, nil, nil, nil, nil, k, images, 0) == kl)
            #expect(dmu.worst(Naive.each(1, k) { $2 < images ? dz[$0, $1, $2] + 0.5 * mu[$0, $1, $2] : 0 }) < 1e-6)
            #expect(dlogvar.worst(Naive.each(1, k) { b, f, lane in
                let (l, e) = (logvar[b, f, lane], noise[b, f, lane])
                return lane < images ? dz[b, f, lane] * e * exp(l / 2) / 2 + 0.25 * (exp(l) - 1) : 0
            }) < 1e-6)
        }
    }

    @Test(arguments: Level.all) func crossEntropy(_ level: Level) {
        var random = Random(16)
        for images in 1...16 {
            let classes = 1 + images % 11, logits = Rows(blocks: 1, features: classes) { 20 * random.unit() }, dx = Rows(blocks: 1, features: classes)
            let labels = (0..<images).map { UInt16(($0 * 3 + 1) % classes) }
            func logSum(_ lane: Int) -> Double { log((0..<classes).reduce(0) { $0 + exp(logits[0, $1, lane]) }) }
            let loss = level.table.cross_entropy(logits.pointer, labels, dx.pointer, classes, images, 0.5)
            let want = (0..<images).reduce(0) { $0 + logSum($1) - logits[0, Int(labels[$1]), $1] }
            #expect(abs(loss - want) < 1e-5 * max(1, want))
            #expect(level.table.cross_entropy(logits.pointer, labels, nil, classes, images, 0.5) == loss)
            #expect(dx.worst(Naive.each(1, classes) { b, c, lane in
                lane < images ? 0.5 * (exp(logits[b, c, lane] - logSum(lane)) - (Int(labels[lane]) == c ? 1 : 0)) : 0
            }) < 1e-6)
        }
    }

    @Test(arguments: Level.all) func images(_ level: Level) {
        var random = Random(17)
        for count in 1...16 {
            let features = [1, 15, 16, 17, 33, 48, 100][count % 7], images = Guarded(count * features) { random.unit() }
            let x = Rows(blocks: 1, features: features), back = Guarded(count * features)
            level.table.load_images(images.pointer, count, features, x.pointer)
            #expect(x.worst(Naive.each(1, features) { $2 < count ? images[$2 * features + $1] : 0 }) == 0)
            level.table.store_images(x.pointer, count, features, back.pointer)
            #expect(back.worst(images.doubles) == 0)
        }
    }

    /// Every byte, correctly rounded.
    @Test(arguments: Level.all) func pixels(_ level: Level) {
        for (count, pixels) in [(16, 1024), (1, 256), (7, 17), (15, 31), (3, 5)] {
            let bytes = (0..<count * pixels).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }, x = Rows(blocks: 1, features: pixels)
            bytes.withUnsafeBufferPointer { bytes in
                let rows = (0..<count).map { bytes.baseAddress! + $0 * pixels as UnsafePointer<UInt8>? }
                level.table.load_pixels(rows, count, pixels, x.pointer)
            }
            #expect(x.worst(Naive.each(1, pixels) { $2 < count ? Double(Float(bytes[$2 * pixels + $1]) / 255) : 0 }) == 0)
        }
    }
}

import CKernels
import Tensors
import Testing

/// Batch normalisation's passes against their naive twins, for every number of images in a block; the other lanes hold NaN, and must not count.
struct NormalizationKernelTests {
    static let shapes = (1...16).map { images in (images: images, channels: 1 + images * 5 % 7, area: 1 + images * 7 % 20) }

    /// A block of numbers around 3, NaN past `images`.
    private func block(_ shape: (images: Int, channels: Int, area: Int), _ random: inout Random) -> Rows {
        var index = -1
        return Rows(blocks: 1, features: shape.channels * shape.area) {
            index += 1
            let value = random.unit() + 3
            return index % 16 < shape.images ? value : .nan
        }
    }

    @Test(arguments: Level.all) func moments(_ level: Level) {
        var random = Random(9)
        for shape in Self.shapes {
            let x = block(shape, &random), mean = Guarded(shape.channels), squares = Guarded(shape.channels)
            level.table.moments(x.pointer, shape.channels, shape.area, shape.images, mean.pointer, squares.pointer)
            let want = (0..<shape.channels).map { Naive.moments(x, $0, area: shape.area, images: shape.images) }
            #expect(mean.worst(want.map(\.mean)) < 2e-6 && squares.worst(want.map(\.squares)) < 1e-4, "\(shape)")
        }
    }

    @Test(arguments: Level.all) func scaleShift(_ level: Level) {
        var random = Random(10)
        for (index, shape) in Self.shapes.enumerated() {
            let x = Rows(blocks: 1, features: shape.channels * shape.area) { random.unit() }, y = Rows(blocks: 1, features: x.features)
            let scale = Guarded(shape.channels) { random.unit() }, shift = Guarded(shape.channels) { random.unit() }
            let activation = aek_activation.all[index % aek_activation.all.count]
            level.table.scale_shift(x.pointer, y.pointer, shape.channels, shape.area, scale.pointer, shift.pointer, activation)
            let want = Naive.each(1, x.features) { b, f, lane in
                Naive.activation(x[b, f, lane] * scale[f / shape.area] + shift[f / shape.area], activation)
            }
            #expect(y.worst(want) < 1e-6, "\(shape)")
        }
    }

    @Test(arguments: Level.all) func gradient(_ level: Level) {
        var random = Random(11)
        for (index, shape) in Self.shapes.enumerated() {
            let x = block(shape, &random), dy = block(shape, &random), dx = Rows(blocks: 1, features: x.features)
            let coefficients = (0..<6).map { _ in Guarded(shape.channels) { random.unit() } }, mean = coefficients[3]
            let (scale, shift) = (coefficients[4], coefficients[5]), activation = aek_activation.all[index % aek_activation.all.count]
            var normalization = aek_normalization(channels: shape.channels, area: shape.area, mean: mean.pointer, scale: scale.pointer,
                                                  shift: shift.pointer, activation: activation)
            // The gradient for what the activation is of.
            func inner(_ f: Int, _ lane: Int) -> Double {
                let c = f / shape.area
                return dy[0, f, lane] * Naive.slope(x[0, f, lane] * scale[c] + shift[c], activation)
            }
            let sums = Guarded(2 * shape.channels)
            level.table.normalize_sums(x.pointer, dy.pointer, shape.images, &normalization, sums.pointer)
            let wanted = (0..<shape.channels).flatMap { c in
                [Naive.sum(c, area: shape.area, images: shape.images) { inner($0, $1) },
                 Naive.sum(c, area: shape.area, images: shape.images) { inner($0, $1) * (x[0, $0, $1] - mean[c]) }]
            }
            #expect(sums.worst(wanted) < 2e-3, "\(shape)")

            let (a, b, d) = (coefficients[0], coefficients[1], coefficients[2])
            level.table.normalize_gradient(x.pointer, dy.pointer, dx.pointer, shape.images, &normalization, a.pointer, b.pointer, d.pointer)
            let want = Naive.each(1, x.features) { _, f, lane in
                let c = f / shape.area
                return lane < shape.images ? a[c] * inner(f, lane) + b[c] * (x[0, f, lane] - mean[c]) + d[c] : 0
            }
            #expect(dx.worst(want) < 5e-6, "\(shape), \(activation)")
        }
    }
}

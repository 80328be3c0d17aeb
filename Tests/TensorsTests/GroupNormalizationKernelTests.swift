import CKernels
import Tensors
import Testing

/// Group normalisation against its naive twin; the lanes past the images hold NaN, and must not count.
struct GroupNormalizationKernelTests {
    struct Shape {
        let images: Int, groups: Int, channels: Int, area: Int, shared: Bool
        var features: Int { groups * channels * area }
        var weights: Int { shared ? channels : groups * channels }
        func weight(_ feature: Int) -> Int { shared ? feature / area % channels : feature / area }
        func group(_ feature: Int) -> Int { feature / (channels * area) }
    }

    static let shapes = (1...16).map { Shape(images: $0, groups: 1 + $0 % 3, channels: 1 + $0 * 5 % 7, area: [1, 5, 67, 130][$0 % 4], shared: $0 % 2 == 0) }

    private func block(_ shape: Shape, around center: Float, _ random: inout Random) -> Rows {
        var index = -1
        return Rows(blocks: 1, features: shape.features) {
            index += 1
            let value = random.unit() + center
            return index % 16 < shape.images ? value : .nan
        }
    }

    /// The mean and 1 / sqrt(variance + epsilon) of one image's group.
    private func statistics(_ x: Rows, _ shape: Shape, _ group: Int, _ lane: Int) -> (mean: Double, inverse: Double) {
        let count = shape.channels * shape.area, values = (0..<count).map { x[0, group * count + $0, lane] }
        let mean = values.reduce(0, +) / Double(count), variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        return (mean, 1 / (variance + 0.01).squareRoot())
    }

    @Test(arguments: Level.all) func forwardAndBack(_ level: Level) {
        var random = Random(21)
        for (index, shape) in Self.shapes.enumerated() {
            let x = block(shape, around: 3, &random), dy = block(shape, around: 0, &random)
            let weight = Guarded(shape.weights) { random.unit() }, bias = index % 3 == 1 ? nil : Guarded(shape.weights) { random.unit() }
            let activation = aek_activation.all[index % aek_activation.all.count]
            var n = aek_group_normalization(groups: shape.groups, channels: shape.channels, area: shape.area, weight: weight.pointer, bias: bias?.pointer,
                                            epsilon: 0.01, shared: shape.shared ? 1 : 0, activation: activation)
            let y = Rows(blocks: 1, features: shape.features), dx = Rows(blocks: 1, features: shape.features), kept = Guarded(shape.groups * 32)
            level.table.group_moments(x.pointer, &n, kept.pointer)
            level.table.group_normalize(x.pointer, y.pointer, &n, kept.pointer)

            let exact = (0..<shape.groups).map { group in (0..<16).map { statistics(x, shape, group, $0) } }
            func normal(_ f: Int, _ lane: Int) -> Double { (x[0, f, lane] - exact[shape.group(f)][lane].mean) * exact[shape.group(f)][lane].inverse }
            func inner(_ f: Int, _ lane: Int) -> Double { normal(f, lane) * weight[shape.weight(f)] + (bias?[shape.weight(f)] ?? 0) }
            let want = Naive.each(1, shape.features) { $2 < shape.images ? Naive.activation(inner($1, $2), activation) : .nan }
            #expect(valid(y, shape, want) < 2e-5, "\(shape)")

            // The gradient for the scaled value, made before the kernel overwrites dy.
            let gradient = Naive.each(1, shape.features) { dy[$0, $1, $2] * Naive.slope(inner($1, $2), activation) }
            let sums = Guarded(2 * shape.weights)
            level.table.group_gradient(x.pointer, dy.pointer, dx.pointer, shape.images, &n, kept.pointer, sums.pointer)
            #expect(sums.worst(weightSums(shape, gradient, normal)) < 1e-3, "\(shape)")
            #expect(dx.worst(inputGradient(shape, gradient, weight, normal, exact.map { $0.map(\.inverse) })) < 1e-4, "\(shape), \(activation)")
        }
    }

    /// The largest difference in the lanes of images.
    private func valid(_ y: Rows, _ shape: Shape, _ want: [Double]) -> Double {
        guard y.memory.isIntact else { return .infinity }
        return want.indices.filter { $0 % 16 < shape.images }.map { abs(y[0, $0 / 16, $0 % 16] - want[$0]) }.max() ?? 0
    }

    /// [weights][2].
    private func weightSums(_ shape: Shape, _ gradient: [Double], _ normal: (Int, Int) -> Double) -> [Double] {
        var sums = [Double](repeating: 0, count: 2 * shape.weights)
        for f in 0..<shape.features {
            for lane in 0..<shape.images {
                sums[2 * shape.weight(f)] += gradient[f * 16 + lane] * normal(f, lane)
                sums[2 * shape.weight(f) + 1] += gradient[f * 16 + lane]
            }
        }
        return sums
    }

    private func inputGradient(_ shape: Shape, _ gradient: [Double], _ weight: Guarded, _ normal: (Int, Int) -> Double, _ inverse: [[Double]]) -> [Double] {
        let count = shape.channels * shape.area
        func scaled(_ f: Int, _ lane: Int) -> Double { gradient[f * 16 + lane] * weight[shape.weight(f)] }
        let means = (0..<shape.groups).map { group in
            (0..<16).map { lane in
                let own = group * count..<(group + 1) * count
                return (own.reduce(0) { $0 + scaled($1, lane) } / Double(count), own.reduce(0) { $0 + scaled($1, lane) * normal($1, lane) } / Double(count))
            }
        }
        return Naive.each(1, shape.features) { _, f, lane in
            let group = shape.group(f), mean = means[group][lane]
            return lane < shape.images ? inverse[group][lane] * (scaled(f, lane) - mean.0 - normal(f, lane) * mean.1) : 0
        }
    }
}

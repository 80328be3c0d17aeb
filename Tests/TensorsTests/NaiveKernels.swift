import CKernels
import Foundation

/// The naive twin of every kernel: the formula itself, in double, one number at a time. Results are [blocks][features][16] unless said otherwise.
enum Naive {
    static func activation(_ x: Double, _ activation: aek_activation) -> Double {
        switch activation {
        case AEK_RELU: x < 0 ? 0 : x
        case AEK_SIGMOID: 1 / (1 + exp(-x))
        default: x
        }
    }

    /// The derivative for x, from y = activation(x).
    static func slope(_ y: Double, _ activation: aek_activation) -> Double {
        switch activation {
        case AEK_RELU: y > 0 ? 1 : 0
        case AEK_SIGMOID: y * (1 - y)
        default: 1
        }
    }

    /// body(block, feature, lane) for each number in order.
    static func each(_ blocks: Int, _ features: Int, _ body: (Int, Int, Int) -> Double) -> [Double] {
        (0..<blocks).flatMap { b in (0..<features).flatMap { f in (0..<16).map { body(b, f, $0) } } }
    }

    // MARK: Linear, w [rows][features]

    static func linearForward(_ w: Guarded, _ bias: Guarded?, _ x: Rows, rows: Int, _ function: aek_activation) -> [Double] {
        each(x.blocks, rows) { b, o, lane in
            var sum = bias?[o] ?? 0
            for i in 0..<x.features { sum += w[o * x.features + i] * x[b, i, lane] }
            return activation(sum, function)
        }
    }

    static func linearInputGradient(_ w: Guarded, _ dy: Rows, features: Int) -> [Double] {
        each(dy.blocks, features) { b, i, lane in
            var sum = 0.0
            for o in 0..<dy.features { sum += w[o * features + i] * dy[b, o, lane] }
            return sum
        }
    }

    /// [rows][features].
    static func linearWeightGradient(_ dy: Rows, _ x: Rows) -> [Double] {
        (0..<dy.features).flatMap { o in
            (0..<x.features).map { i in
                var sum = 0.0
                for b in 0..<x.blocks { for lane in 0..<16 { sum += dy[b, o, lane] * x[b, i, lane] } }
                return sum
            }
        }
    }

    /// xt [tile of 64 columns][block][16][64], zero past the features.
    static func transposed(_ x: Rows) -> [Double] {
        let columns = Int(AEK_COLUMNS), tiles = (x.features + columns - 1) / columns
        var xt = [Double](repeating: 0, count: tiles * x.blocks * 16 * columns)
        for b in 0..<x.blocks {
            for i in 0..<x.features {
                for lane in 0..<16 { xt[((i / columns * x.blocks + b) * 16 + lane) * columns + i % columns] = x[b, i, lane] }
            }
        }
        return xt
    }

    /// [rows], of dy [blocks][rows][positions][16].
    static func rowSums(_ dy: Rows, rows: Int) -> [Double] {
        let positions = dy.features / rows
        return (0..<rows).map { r in
            var sum = 0.0
            for b in 0..<dy.blocks { for p in 0..<positions { for lane in 0..<16 { sum += dy[b, r * positions + p, lane] } } }
            return sum
        }
    }

    /// Adam's step as torch.optim.Adam has it.
    static func adam(_ w: inout Double, _ m: inout Double, _ v: inout Double, _ g: Double, rate: Double, step: Int) {
        m = 0.9 * m + 0.1 * g
        v = 0.999 * v + 0.001 * g * g
        let corrected = v / (1 - pow(0.999, Double(step)))
        w -= rate / (1 - pow(0.9, Double(step))) * m / (corrected.squareRoot() + 1e-8)
    }

    // MARK: Convolution, w [small channels][large channels][kernel][kernel]

    /// body(small index, large index, weight index) for every product of one image: a feature of the small map, one of the large, a weight.
    static func products(_ c: aek_convolution, _ body: (Int, Int, Int) -> Void) {
        let kernel = Int(c.kernel), height = Int(c.large_height), width = Int(c.large_width)
        for s in 0..<Int(c.small_channels) { for l in 0..<Int(c.large_channels) { for ky in 0..<kernel { for kx in 0..<kernel {
            let weight = ((s * Int(c.large_channels) + l) * kernel + ky) * kernel + kx
            for y in 0..<Int(c.small_height) { for x in 0..<Int(c.small_width) {
                let row = y * Int(c.stride) - Int(c.padding) + ky, column = x * Int(c.stride) - Int(c.padding) + kx
                guard (0..<height).contains(row), (0..<width).contains(column) else { continue }
                body((s * Int(c.small_height) + y) * Int(c.small_width) + x, (l * height + row) * width + column, weight)
            } }
        } } } }
    }

    /// One map from the other: small from large, or upwards.
    static func convolve(_ c: aek_convolution, up: Bool, _ w: Guarded, _ bias: Guarded?, _ source: Rows, _ function: aek_activation) -> [Double] {
        let area = Int(up ? c.large_height * c.large_width : c.small_height * c.small_width)
        let features = area * Int(up ? c.large_channels : c.small_channels)
        var sums = each(source.blocks, features) { _, f, _ in bias?[f / area] ?? 0 }
        products(c) { small, large, weight in
            for b in 0..<source.blocks {
                for lane in 0..<16 {
                    sums[(b * features + (up ? large : small)) * 16 + lane] += w[weight] * source[b, up ? small : large, lane]
                }
            }
        }
        return sums.map { activation($0, function) }
    }

    /// The weights' gradient, in the weights' order.
    static func convolveWeights(_ c: aek_convolution, _ small: Rows, _ large: Rows) -> [Double] {
        var sums = [Double](repeating: 0, count: Int(c.small_channels * c.large_channels * c.kernel * c.kernel))
        products(c) { s, l, weight in
            for b in 0..<small.blocks { for lane in 0..<16 { sums[weight] += small[b, s, lane] * large[b, l, lane] } }
        }
        return sums
    }

    // MARK: Normalisation of one block [channels][area][16], of which `images` lanes count

    /// The sum of body(feature, lane) over a channel.
    static func sum(_ channel: Int, area: Int, images: Int, _ body: (Int, Int) -> Double) -> Double {
        var sum = 0.0
        for p in 0..<area { for lane in 0..<images { sum += body(channel * area + p, lane) } }
        return sum
    }

    /// [mean, sum of squared deviations] of a channel.
    static func moments(_ x: Rows, _ channel: Int, area: Int, images: Int) -> (mean: Double, squares: Double) {
        let mean = sum(channel, area: area, images: images) { x[0, $0, $1] } / Double(area * images)
        return (mean, sum(channel, area: area, images: images) { (x[0, $0, $1] - mean) * (x[0, $0, $1] - mean) })
    }
}

import CKernels
import Foundation

/// The naive twin of every kernel: the formula itself, in double, one number at a time. Results are [blocks][features][16] unless said otherwise.
enum Naive {
    static func activation(_ x: Double, _ f: aek_activation) -> Double {
        let a = Double(f.a), b = Double(f.b)
        return switch f.function {
        case AEK_RELU: x < 0 ? 0 : x
        case AEK_SIGMOID: 1 / (1 + exp(-x))
        case AEK_TANH: tanh(x)
        case AEK_LEAKY_RELU: x > 0 ? x : a * x
        case AEK_ELU: x > 0 ? x : a * expm1(x)
        case AEK_HARDTANH: min(max(x, a), b)
        case AEK_SCALE: a * x
        case AEK_SOFTPLUS: a * x > b ? x : log1p(exp(a * x)) / a
        case AEK_SILU: x / (1 + exp(-x))
        case AEK_GELU: x * (1 + erf(x / 2.0.squareRoot())) / 2
        case AEK_GELU_TANH: x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))) / 2
        default: x
        }
    }

    /// The derivative for x, where there is one: by differences, but for the functions made of straight lines.
    static func slope(_ x: Double, _ f: aek_activation) -> Double {
        let a = Double(f.a), b = Double(f.b)
        switch f.function {
        case AEK_RELU: return x > 0 ? 1 : 0
        case AEK_LEAKY_RELU: return x > 0 ? 1 : a
        case AEK_HARDTANH: return x > a && x < b ? 1 : 0
        case AEK_SOFTPLUS where a * x > b: return 1
        case AEK_ELU where x > 0: return 1
        default:
            let step = 1e-5
            return (activation(x + step, f) - activation(x - step, f)) / (2 * step)
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

    // MARK: Convolution, w [small channels][large channels][kernel height][kernel width]

    /// body(small index, large index, weight index) for every product of one image: a feature of the small map, one of the large, a weight.
    static func products(_ c: aek_convolution, _ body: (Int, Int, Int) -> Void) {
        let height = Int(c.large_height), width = Int(c.large_width)
        for s in 0..<Int(c.small_channels) { for l in 0..<Int(c.large_channels) { for ky in 0..<Int(c.kernel_height) { for kx in 0..<Int(c.kernel_width) {
            let weight = ((s * Int(c.large_channels) + l) * Int(c.kernel_height) + ky) * Int(c.kernel_width) + kx
            for y in 0..<Int(c.small_height) { for x in 0..<Int(c.small_width) {
                let row = y * Int(c.stride_height) - Int(c.padding_height) + ky * Int(c.dilation_height)
                let column = x * Int(c.stride_width) - Int(c.padding_width) + kx * Int(c.dilation_width)
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
        var sums = [Double](repeating: 0, count: Int(c.small_channels * c.large_channels * c.kernel_height * c.kernel_width))
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

extension aek_activation {
    /// A function whose gradient is made from its result, or from its argument.
    static func from(result function: aek_function, _ a: Float = 0, _ b: Float = 0) -> Self { Self(function: function, from_argument: 0, a: a, b: b) }
    static func from(argument function: aek_function, _ a: Float = 0, _ b: Float = 0) -> Self { Self(function: function, from_argument: 1, a: a, b: b) }

    /// Every function, in each form that a layer uses.
    static let all: [aek_activation] = [
        .from(result: AEK_IDENTITY), .from(result: AEK_RELU), .from(result: AEK_SIGMOID), .from(result: AEK_TANH), .from(result: AEK_LEAKY_RELU, 0.25),
        .from(argument: AEK_LEAKY_RELU, -0.5), .from(result: AEK_ELU, 0.75), .from(argument: AEK_ELU, -1.5), .from(result: AEK_HARDTANH, -0.4, 0.7),
        .from(result: AEK_SCALE, -1.5), .from(argument: AEK_SOFTPLUS, 2, 3), .from(argument: AEK_SILU), .from(argument: AEK_GELU),
        .from(argument: AEK_GELU_TANH),
    ]
}

import CKernels
import Tensors
import Testing

/// Both directions of a convolution and its weights' gradient against their naive twins.
struct ConvolutionKernelTests {
    /// Kernels 1 to 5, strides 1 to 3, paddings 0 to 2 and output paddings below the stride, with channels and maps of odd sizes.
    static let geometries: [aek_convolution] = {
        var made: [aek_convolution] = []
        for kernel in 1...5 { for stride in 1...3 { for padding in 0...2 { for outputPadding in 0..<stride {
            let index = made.count, small = (1 + index % 4, 1 + (index * 3 + 1) % 6)
            func large(_ small: Int) -> Int { (small - 1) * stride - 2 * padding + kernel + outputPadding }
            guard large(small.0) > 0, large(small.1) > 0 else { continue }
            made.append(.init(large: (1 + index * 5 % 17, large(small.0), large(small.1)), small: (1 + index * 7 % 17, small.0, small.1),
                              kernel: kernel, stride: stride, padding: padding))
        } } } }
        // The report's sizes; one row; a kernel that no position has whole; strides beyond the kernel and beyond the map.
        return made + [
            .init(large: (8, 16, 16), small: (16, 8, 8), kernel: 3, stride: 2, padding: 1),
            .init(large: (1, 32, 32), small: (8, 16, 16), kernel: 3, stride: 2, padding: 1),
            .init(large: (3, 1, 40), small: (5, 1, 20), kernel: 2, stride: 2, padding: 0),
            .init(large: (2, 2, 3), small: (3, 2, 3), kernel: 5, stride: 1, padding: 2),
            .init(large: (2, 5, 9), small: (3, 1, 2), kernel: 1, stride: 7, padding: 0),
            .init(large: (2, 3, 3), small: (1, 1, 1), kernel: 3, stride: 15, padding: 0),
            .init(large: (1, 15, 16), small: (2, 1, 2), kernel: 15, stride: 1, padding: 0),
        ] + uneven
    }()

    /// Sides that differ, and dilated kernels, of which some taps never meet the map.
    private static let uneven: [aek_convolution] = {
        var made: [aek_convolution] = []
        for (index, kernel) in [(1, 3), (3, 1), (2, 4), (5, 3), (4, 4)].enumerated() {
            for dilation in [(1, 1), (2, 1), (1, 3), (2, 2), (3, 2)] {
                for stride in [(1, 2), (2, 1), (3, 2)] {
                    let padding = (made.count % 3, made.count % 4), small = (1 + made.count % 5, 1 + made.count * 3 % 4)
                    func large(_ small: Int, _ kernel: Int, _ stride: Int, _ padding: Int, _ dilation: Int) -> Int {
                        (small - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + made.count % min(stride, 2)
                    }
                    let sides = (large(small.0, kernel.0, stride.0, padding.0, dilation.0), large(small.1, kernel.1, stride.1, padding.1, dilation.1))
                    guard sides.0 > 0, sides.1 > 0 else { continue }
                    made.append(.init(large: (1 + index * 4, sides.0, sides.1), small: (1 + made.count % 9, small.0, small.1),
                                      kernel: kernel, stride: stride, padding: padding, dilation: dilation))
                }
            }
        }
        return made
    }()

    @Test(arguments: Level.all, [false, true]) func oneMapFromTheOther(_ level: Level, up: Bool) {
        var random = Random(up ? 6 : 7)
        for (index, geometry) in Self.geometries.enumerated() {
            var c = geometry
            let blocks = 1 + index % 3, (from, to) = up ? (c.smallFeatures, c.largeFeatures) : (c.largeFeatures, c.smallFeatures)
            let source = Rows(blocks: blocks, features: from, gap: index % 2) { random.unit() }
            let target = Rows(blocks: blocks, features: to, gap: (index + 1) % 2)
            let w = Guarded(c.weights) { random.unit() }, scratch = Guarded(aek_convolution_scratch(&c))
            let bias = index % 4 == 3 ? nil : Guarded(Int(up ? c.large_channels : c.small_channels)) { random.unit() }
            let activation = aek_activation.all[index % aek_activation.all.count]
            let kernel = up ? level.table.convolve_up : level.table.convolve_down
            // In two ranges of rows, as two threads do it.
            let height = Int(up ? c.large_height : c.small_height), middle = index % (height + 1)
            for rows in [0..<middle, middle..<height] {
                kernel!(&c, w.pointer, bias?.pointer, source.pointer, source.stride, target.pointer, target.stride, blocks, rows.lowerBound, rows.upperBound,
                        activation, scratch.pointer)
            }
            #expect(target.worst(Naive.convolve(c, up: up, w, bias, source, activation)) < 3e-5, "\(c), \(activation)")
            #expect(scratch.isIntact)
        }
    }

    /// One image alone, whose lanes are channels.
    @Test(arguments: Level.all, [false, true]) func imageAlone(_ level: Level, up: Bool) {
        var random = Random(up ? 12 : 13)
        for (index, geometry) in Self.geometries.enumerated() {
            var c = geometry
            let (from, to) = up ? (c.smallFeatures, c.largeFeatures) : (c.largeFeatures, c.smallFeatures)
            let source = Rows(blocks: 1, features: from) { random.unit() }, x = Guarded(from), y = Guarded(to)
            for i in 0..<from { x.pointer[i] = Float(source[0, i, 0]) }
            let w = Guarded(c.weights) { random.unit() }, scratch = Guarded(aek_convolution_image_scratch(&c))
            let bias = index % 4 == 3 ? nil : Guarded(Int(up ? c.large_channels : c.small_channels)) { random.unit() }
            let activation = aek_activation.all[index % aek_activation.all.count]
            let kernel = up ? level.table.convolve_image_up : level.table.convolve_image_down
            kernel!(&c, w.pointer, bias?.pointer, x.pointer, y.pointer, activation, scratch.pointer)
            let want = Naive.convolve(c, up: up, w, bias, source, activation)
            #expect(y.worst((0..<to).map { want[$0 * 16] }) < 3e-5, "\(c), \(activation)")
            #expect(y.isIntact && scratch.isIntact)
        }
    }

    @Test(arguments: Level.all) func weightGradient(_ level: Level) {
        var random = Random(8)
        for (index, geometry) in Self.geometries.enumerated() {
            var c = geometry
            let blocks = 1 + index % 3
            let small = Rows(blocks: blocks, features: c.smallFeatures, gap: index % 2) { random.unit() }
            let large = Rows(blocks: blocks, features: c.largeFeatures, gap: (index + 1) % 2) { random.unit() }
            let gradient = Guarded(c.weights), scratch = Guarded(aek_convolution_scratch(&c))
            let kernelRows = Int(c.large_channels * c.kernel_height), middle = index % (kernelRows + 1)
            for rows in [0..<middle, middle..<kernelRows] {
                level.table.convolve_weights(&c, small.pointer, small.stride, large.pointer, large.stride, blocks, rows.lowerBound, rows.upperBound,
                                             gradient.pointer, scratch.pointer)
            }
            #expect(gradient.worst(Naive.convolveWeights(c, small, large)) < 1e-4, "\(c)")
            #expect(scratch.isIntact)
        }
    }
}

extension aek_convolution {
    /// Maps as (channels, height, width).
    fileprivate init(large: (Int, Int, Int), small: (Int, Int, Int), kernel: Int, stride: Int, padding: Int) {
        self.init(large: large, small: small, kernel: (kernel, kernel), stride: (stride, stride), padding: (padding, padding), dilation: (1, 1))
    }

    fileprivate init(large: (Int, Int, Int), small: (Int, Int, Int), kernel: (Int, Int), stride: (Int, Int), padding: (Int, Int), dilation: (Int, Int)) {
        self.init(large_channels: Int32(large.0), large_height: Int32(large.1), large_width: Int32(large.2),
                  small_channels: Int32(small.0), small_height: Int32(small.1), small_width: Int32(small.2),
                  kernel_height: Int32(kernel.0), kernel_width: Int32(kernel.1), stride_height: Int32(stride.0), stride_width: Int32(stride.1),
                  padding_height: Int32(padding.0), padding_width: Int32(padding.1), dilation_height: Int32(dilation.0), dilation_width: Int32(dilation.1))
    }

    fileprivate var largeFeatures: Int { Int(large_channels * large_height * large_width) }
    fileprivate var smallFeatures: Int { Int(small_channels * small_height * small_width) }
    fileprivate var weights: Int { Int(small_channels * large_channels * kernel_height * kernel_width) }
}

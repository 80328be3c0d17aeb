/// How one side of an image becomes `to` pixels long: the weights with which each result takes the pixels around it, as Pillow's BILINEAR has them
/// (`precompute_coeffs` in its Resample.c): a triangle around (i + 1/2) * from / to, as wide as a pixel of the larger of both images, cut at the border.
final class ResampleTable: Sendable {
    let from: Int, to: Int
    /// [to]: the first pixel of each result, and how many follow; pixels that weigh nothing are left out.
    let starts: [Int32], counts: [Int32]
    /// The weights of each result, `stride` apart: numbers, and the same in fixed point of 22 bits.
    let weights: [Double], fixed: [Int32], stride: Int

    /// Bits after the point: two beside a byte's eight are left over for sums.
    static let precision: Int32 = 32 - 8 - 2

    init(from: Int, to: Int) {
        let scale = Double(from) / Double(to), support = max(scale, 1), stride = Int(support.rounded(.up)) * 2 + 1
        var starts: [Int32] = [], counts: [Int32] = []
        var weights = [Double](repeating: 0, count: to * stride), fixed = [Int32](repeating: 0, count: to * stride)
        for result in 0..<to {
            let center = (Double(result) + 0.5) * scale, sharpness = 1 / support
            let first = max(Int(center - support + 0.5), 0), end = min(Int(center + support + 0.5), from)
            var row: [Double] = [], sum = 0.0
            for pixel in 0..<max(end - first, 0) {
                let weight = max(0, 1 - abs((Double(pixel + first) - center + 0.5) * sharpness))
                row.append(weight)
                sum += weight
            }
            if sum != 0 { for index in row.indices { row[index] /= sum } }
            let leading = row.prefix { $0 == 0 }.count, trailing = row.reversed().prefix { $0 == 0 }.count
            let used = leading < row.count ? leading..<row.count - trailing : 0..<0
            starts.append(Int32(first + used.lowerBound))
            counts.append(Int32(used.count))
            for (place, index) in used.enumerated() {
                weights[result * stride + place] = row[index]
                fixed[result * stride + place] = Int32(0.5 + row[index] * Double(1 << Self.precision))
            }
        }
        (self.from, self.to, self.stride, self.starts, self.counts, self.weights, self.fixed) = (from, to, stride, starts, counts, weights, fixed)
    }
}

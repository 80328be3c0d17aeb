import Components
import Foundation
import Networks
import Tensors
import TestSupport
import Testing

struct PrincipalComponentsTests {
    private static func covariance(_ rows: [Double], _ features: Int, threads: Int = 1, by part: Int = .max) -> Covariance {
        let data = Covariance(features: features, threads: threads), size = rows.count / features
        for first in stride(from: 0, to: size, by: min(part, size)) {
            let range = first * features..<min(first + part.clamped(size), size) * features
            rows[range].withUnsafeBufferPointer { data.add($0) }
        }
        return data
    }

    /// The report's 3 x 3 example, whole: mean, covariance, variances, components and projection.
    @Test func reportsExample() throws {
        let rows: [Double] = [1, 2, 4, 3, 4, 3, 5, 6, 4], data = Self.covariance(rows, 3)
        #expect(largestDifference(data.mean, [3, 4, 11.0 / 3]) < 1e-12)
        #expect(largestDifference(try data.matrix(), [4, 4, 0, 4, 4, 0, 0, 0, 1.0 / 3]) < 1e-12)
        let analysis = try PrincipalComponents.analysis(of: data, kept: 3)
        #expect(largestDifference(analysis.explainedVariance, [8, 1.0 / 3, 0]) < 1e-12)
        #expect(largestDifference(analysis.explainedVarianceRatio, [0.96, 0.04, 0]) < 1e-12)
        let network = analysis.network(inputShape: ImageShape(channels: 1, height: 1, width: 3))
        let latents = rows.map { Float($0) }.withUnsafeBufferPointer { Inference(network).encode(.floats($0, count: 3)) }
        let projected: [Double] = (0..<3).flatMap { row in (0..<3).map { Double(latents.z[row * 3 + $0]) } }
        let root = 8.0.squareRoot()
        #expect(largestDifference(projected, [-root, 1.0 / 3, 0, 0, -2.0 / 3, 0, root, 1.0 / 3, 0]) < 2e-6)
    }

    /// The network gives back what it was made of, where all components are kept.
    @Test(arguments: [false, true]) func allComponentsReconstruct(_ standardized: Bool) throws {
        let rows = (0..<60).map { Double($0 * $0 % 17) + Double($0 % 6) }, data = Self.covariance(rows, 6)
        let network = try PrincipalComponents.analysis(of: data, kept: 6, standardized: standardized).network(inputShape: ImageShape(channels: 1, height: 2, width: 3))
        var output = [Float](repeating: 0, count: rows.count)
        rows.map { Float($0) }.withUnsafeBufferPointer { rows in
            output.withUnsafeMutableBufferPointer { Inference(network).run(.floats(rows, count: 10), into: $0) }
        }
        #expect(largestDifference(output.doubles, rows) < 1e-4)
    }

    /// To the bit: of bytes, whatever the threads and the parts in which rows come; a block is 256 rows.
    @Test(arguments: [1, 255, 256, 257, 700]) func sameBitsHoweverItComes(_ count: Int) throws {
        let bytes = (0..<count * 21).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 11) }, rows = bytes.map { Double($0) }
        let whole = Covariance(features: 21)
        bytes.withUnsafeBufferPointer { whole.add($0) }
        guard count > 1 else {
            #expect(throws: ComponentsError.self) { _ = try whole.matrix() }
            return
        }
        let matrix = try whole.matrix()
        for (threads, part) in [(1, 1), (2, 100), (3, 256), (4, 700)] {
            let other = Self.covariance(rows, 21, threads: threads, by: part)
            #expect(try other.matrix() == matrix && other.mean == whole.mean && other.count == count)
        }
        // In one pass and in two.
        let means = whole.mean
        var naive = [Double](repeating: 0, count: 21 * 21)
        for row in 0..<count {
            for cell in naive.indices {
                let a = rows[row * 21 + cell / 21] - means[cell / 21], b = rows[row * 21 + cell % 21] - means[cell % 21]
                naive[cell] += a * b / Double(count - 1)
            }
        }
        #expect(largestDifference(matrix, naive) < 1e-9 * largest(naive))
    }

    /// Far from zero, where the sums of squares would lose the variance.
    @Test func largeMeans() throws {
        let rows = (0..<2000).map { 1e9 + Double($0 % 7) }, matrix = try Self.covariance(rows, 1).matrix()
        let mean = (0..<2000).reduce(0.0) { $0 + Double($1 % 7) } / 2000
        let expected = (0..<2000).reduce(0.0) { $0 + (Double($1 % 7) - mean) * (Double($1 % 7) - mean) } / 1999
        #expect(abs(matrix[0] / expected - 1) < 1e-12)
    }

    @Test func refusesWhatCannotBe() {
        let data = Self.covariance([1, 2, 3, 4, 5, 6], 3)
        for kept in [0, 3, -1] {
            #expect(throws: ComponentsError.self) { _ = try PrincipalComponents.analysis(of: data, kept: kept) }
        }
        #expect(throws: ComponentsError.self) { _ = try PrincipalComponents.analysis(of: Self.covariance([1, .nan, 3, 4], 2), kept: 1) }
    }
}

extension Int {
    fileprivate func clamped(_ most: Int) -> Int { Swift.min(self, most) }
}

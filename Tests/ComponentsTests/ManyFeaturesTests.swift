import Components
import Foundation
import TestSupport
import Testing

/// More features than a covariance is made of: from products of the rows, and by Lanczos' method, against scikit-learn.
struct ManyFeaturesTests {
    private static func rows(_ count: Int, _ features: Int) -> [Float] {
        var state: UInt32 = 7
        return (0..<count * features).map { index in
            state = state &* 1_664_525 &+ 1_013_904_223
            let row = index / features, feature = index % features
            // A few strong directions, and noise.
            return Float((row * 7 + feature) % 11) / 3 + Float((row % 5) * (feature % 13)) / 20 + Float(state >> 20) / 65536
        }
    }

    private static let script = """
        import json, sys
        import numpy, raw_tensors
        from sklearn.decomposition import PCA
        from sklearn.preprocessing import StandardScaler
        x = raw_tensors.read("x")["x"].double().numpy()
        if sys.argv[2] == "true":
            x = StandardScaler().fit_transform(x)
        kept = int(sys.argv[1])
        pca = PCA(kept, svd_solver="full").fit(x)
        print(json.dumps([pca.components_.ravel().tolist(), pca.explained_variance_.tolist(), pca.explained_variance_ratio_.tolist()]))
        """

    @Test(arguments: [(40, 2100, 3, false), (40, 2100, 3, true), (40, 2100, 39, false), (2100, 2060, 3, false), (2100, 2060, 3, true)])
    func equalsScikitLearn(_ count: Int, _ features: Int, _ kept: Int, _ standardized: Bool) throws {
        let scratch = try Scratch(), values = Self.rows(count, features)
        try RawTensors([("x", [count, features], values)]).write(to: scratch.path("x"))
        let text = try Python.oracle(Self.script, ["\(kept)", "\(standardized)"], in: scratch)
        let want = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[Double]]), data = DataRows(values, features: features)
        let one = try PrincipalComponents.analysis(of: data, kept: kept, standardized: standardized)
        let three = try PrincipalComponents.analysis(of: data, kept: kept, standardized: standardized, threads: 3)
        #expect(one == three)
        #expect(largestDifference(one.components, want[0]) < 1e-7, "\(largestDifference(one.components, want[0]))")
        #expect(largestRelativeDifference(Array(one.explainedVariance.prefix(kept)), want[1]) < 1e-9)
        #expect(largestRelativeDifference(Array(one.explainedVarianceRatio.prefix(kept)), want[2]) < 1e-9)
    }

    /// As many components as rows: the last one has no variance, and still is a unit vector at right angles to the others.
    @Test func asManyAsRows() throws {
        let analysis = try PrincipalComponents.analysis(of: DataRows(Self.rows(5, 2100), features: 2100), kept: 5)
        for a in 0..<5 {
            for b in 0..<5 {
                let product = (0..<2100).reduce(0) { $0 + analysis.components[a * 2100 + $1] * analysis.components[b * 2100 + $1] }
                #expect(abs(product - (a == b ? 1 : 0)) < 1e-9)
            }
        }
        #expect(analysis.explainedVariance[4] < 1e-9 * analysis.explainedVariance[0])
    }

    /// The plane of many points in few and in many dimensions is that of the whole analysis; a single point and equal points have one too.
    @Test(arguments: [2, 3, 64, 65, 300]) func planeIsThatOfTheComponents(_ size: Int) throws {
        let values = Self.rows(500, size), plane = try PrincipalPlane(values, size: size)
        let analysis = try PrincipalComponents.analysis(of: DataRows(values, features: size), kept: 2)
        #expect(largestDifference(plane.shares, Array(analysis.explainedVarianceRatio.prefix(2))) < 1e-9)
        let x = (0..<500).map { row in (0..<size).reduce(0) { $0 + analysis.components[$1] * (Double(values[row * size + $1]) - analysis.mean[$1]) } }
        #expect(largestDifference(plane.x, x) < 1e-6)
        for count in [1, 2, 7] {
            let flat = try PrincipalPlane([Float](repeating: 3, count: count * size), size: size)
            #expect(flat.shares == [0, 0] && flat.x == [Double](repeating: 0, count: count) && flat.y == flat.x)
        }
        // All on one line.
        let line = try PrincipalPlane((0..<40 * size).map { Float($0 / size * ($0 % size + 1)) }, size: size)
        #expect(abs(line.shares[0] - 1) < 1e-9 && abs(line.shares[1]) < 1e-9 && line.y.allSatisfy { abs($0) < 1e-6 * largest(line.x) })
    }
}

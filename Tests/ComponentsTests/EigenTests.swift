import Components
import Foundation
import TestSupport
import Testing

struct EigenTests {
    private func parallel(_ a: [Double], _ b: [Double]) throws -> Bool { abs(sin(try Subspaces.angle(a, b))) < 1e-12 }

    /// The report's covariance: eigenvalues 8, 1/3 and 0.
    @Test func symmetricExample() throws {
        let eigen = try Eigen(symmetric: [4, 4, 0, 4, 4, 0, 0, 0, 1.0 / 3], size: 3)
        #expect(largestDifference(eigen.values, [8, 1.0 / 3, 0]) < 1e-12)
        let root = Double(0.5).squareRoot()
        #expect(largestDifference(eigen.vectors[0], [root, root, 0]) < 1e-12)
        #expect(largestDifference(eigen.vectors[1], [0, 0, 1]) < 1e-12)
        #expect(try parallel(eigen.vectors[2], [1, -1, 0]))
    }

    /// The report's appendix: a matrix that is not symmetric, with eigenvalues -1 and -2, vectors (1, -1) and (1, -2).
    @Test func generalExample() throws {
        let eigen = try Eigen([0, 1, -2, -3], size: 2)
        #expect(largestDifference(eigen.values, [-1, -2]) < 1e-12)
        #expect(try parallel(eigen.vectors[0], [1, -1]) && parallel(eigen.vectors[1], [1, -2]))
    }

    /// Only the upper triangle counts; vectors are unit, at right angles, and point where their largest number is positive.
    @Test func randomMatricesAsNumPy() throws {
        let printed = try Python.run("""
            import json, numpy as np
            random, cases = np.random.default_rng(3), []
            for n in (1, 2, 7, 40):
                a = random.normal(size=(n, n))
                symmetric = a + a.T
                values, vectors = np.linalg.eigh(symmetric)
                vectors = vectors[:, ::-1].T
                vectors *= np.sign(vectors[np.arange(n), abs(vectors).argmax(1)])[:, None]
                upper = np.triu(symmetric) + np.tril(random.normal(size=(n, n)), -1)
                general = np.linalg.inv(a) @ np.diag(np.arange(1.0, n + 1)) @ a
                cases.append([n, upper.ravel().tolist(), values[::-1].tolist(), vectors.ravel().tolist(), general.ravel().tolist()])
            print(json.dumps(cases))
            """)
        for example in try #require(JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [[Any]]) {
            let n = try #require(example[0] as? Int), arrays = try (1...4).map { try #require(example[$0] as? [Double]) }
            let eigen = try Eigen(symmetric: arrays[0], size: n)
            #expect(largestDifference(eigen.values, arrays[1]) < 1e-10)
            #expect(largestDifference(Array(eigen.vectors.joined()), arrays[2]) < 1e-9)
            // A general matrix that was made of the eigenvalues n, n - 1, ... 1.
            guard n <= 7 else { continue }
            let general = try Eigen(arrays[3], size: n), expected = (1...n).reversed().map { Double($0) }
            #expect(largestDifference(general.values, expected) < 1e-7)
            for (value, vector) in zip(general.values, general.vectors) {
                let image = (0..<n).map { row in (0..<n).reduce(0) { $0 + arrays[3][row * n + $1] * vector[$1] } }
                #expect(largestDifference(image, vector.map { $0 * value }) < 1e-7)
            }
        }
    }

    @Test func refusesWhatHasNoRealEigenvalues() {
        #expect(throws: ComponentsError.self) { _ = try Eigen([0, -1, 1, 0], size: 2) }
        #expect(throws: ComponentsError.self) { _ = try Eigen([.nan], size: 1) }
        #expect(throws: ComponentsError.self) { _ = try Eigen(symmetric: [1, .infinity, 0, 1], size: 2) }
    }
}

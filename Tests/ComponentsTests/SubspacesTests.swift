import Components
import Foundation
import TestSupport
import Testing

struct SubspacesTests {
    @Test func anglesOfVectors() throws {
        #expect(abs(try Subspaces.angle([1, 0], [1, 1]) - .pi / 4) < 1e-15)
        #expect(abs(try Subspaces.angle([1, 0], [-2, 0]) - .pi) < 1e-15)
        #expect(abs(try Subspaces.angle([1, 1, 0], [0, 0, 1]) - .pi / 2) < 1e-15)
        #expect(throws: ComponentsError.self) { _ = try Subspaces.angle([0, 0], [1, 0]) }
    }

    /// As SciPy's subspace_angles, wide ones and tiny ones, with as many vectors and with fewer.
    @Test func principalAnglesAsSciPy() throws {
        let printed = try Python.run("""
            import json, numpy as np
            from scipy.linalg import subspace_angles
            random, cases = np.random.default_rng(5), []
            for n, p, q, noise in ((3, 1, 1, 1), (30, 4, 4, 1), (30, 2, 5, 1), (30, 5, 2, 1), (50, 3, 3, 1e-7), (4, 4, 2, 1), (1024, 3, 3, 0.01)):
                a, b = random.normal(size=(n, p)), random.normal(size=(n, q))
                if noise < 1: b = a @ random.normal(size=(p, q)) + noise * b
                cases.append([a.T.tolist(), b.T.tolist(), subspace_angles(a, b).tolist()])
            print(json.dumps(cases))
            """)
        let cases = try #require(JSONSerialization.jsonObject(with: Data(printed.utf8)) as? [[Any]])
        #expect(cases.count == 7)
        for example in cases {
            let a = try #require(example[0] as? [[Double]]), b = try #require(example[1] as? [[Double]]), expected = try #require(example[2] as? [Double])
            #expect(largestDifference(try Subspaces.principalAngles(a, b), expected) < 1e-12)
        }
    }

    @Test func refusesWhatSpansNothing() {
        #expect(throws: ComponentsError.self) { _ = try Subspaces.principalAngles([[1, 0, 0], [2, 0, 0]], [[0, 1, 0]]) }
        #expect(throws: ComponentsError.self) { _ = try Subspaces.principalAngles([[1], [2]], [[1]]) }
        #expect(throws: ComponentsError.self) { _ = try Subspaces.principalAngles([[.nan, 0]], [[0, 1]]) }
    }
}

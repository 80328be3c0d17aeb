import CARPACK
import Synchronization

/// The greatest eigenvalues of a symmetric matrix that is known by what it makes of vectors: ARPACK's implicitly restarted Lanczos method (Lehoucq, Sorensen
/// and Yang 1998), which SciPy's `eigsh` calls too.
enum Lanczos {
    /// ARPACK keeps what it is doing in memory that all calls share.
    private static let isAlone = Mutex(())
    private static let mostIterations = 300

    /// - Parameters:
    ///   - size: the matrix is [size][size].
    ///   - kept: how many eigenvalues, at least 1 and below `size`.
    ///   - apply: writes the matrix times x [size] to y [size].
    /// - Returns: eigenvalues from the greatest, and a unit vector [size] for each.
    /// - Throws: `ComponentsError` where the method does not converge, and what `apply` throws.
    static func leading(_ kept: Int, size: Int, apply: (_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>) throws -> Void) throws
        -> (values: [Double], vectors: [[Double]]) {
        precondition(kept > 0 && kept < size, "\(kept) eigenvalues of a matrix of \(size)")
        return try isAlone.withLock { _ in
            var iteration = Iteration(kept, size)
            while let (from, to) = try iteration.next() {
                try iteration.withWork { try apply($0 + from, $0 + to) }
            }
            return try iteration.result()
        }
    }

    /// ARPACK asks for a product at a time.
    private struct Iteration {
        private let kept: Int, size: Int, vectors: Int
        private var ido: Int32 = 0, info: Int32 = 1
        /// The first vector: one that is not at right angles to any likely component.
        private var residual: [Double]
        private var basis: [Double], work: [Double], projected: [Double]
        private var parameters = [Int32](repeating: 0, count: 11), pointers = [Int32](repeating: 0, count: 14)

        init(_ kept: Int, _ size: Int) {
            (self.kept, self.size) = (kept, size)
            vectors = min(size, max(2 * kept + 1, 20))
            residual = (0..<size).map { 1 + Double(($0 * 31) % 23) / 23 }
            basis = [Double](repeating: 0, count: size * vectors)
            work = [Double](repeating: 0, count: 3 * size)
            projected = [Double](repeating: 0, count: vectors * (vectors + 8))
            // Shifts are exact; products are plain ones (mode 1).
            (parameters[0], parameters[2], parameters[6]) = (1, Int32(mostIterations), 1)
        }

        /// Where the next product's vectors are in the work space; nil at the end.
        mutating func next() throws -> (from: Int, to: Int)? {
            dsaupd_c(&ido, "I", Int32(size), "LA", Int32(kept), 0, &residual, Int32(vectors), &basis, Int32(size), &parameters, &pointers, &work, &projected,
                     Int32(projected.count), &info)
            guard info >= 0 else { throw ComponentsError("ARPACK's dsaupd failed (\(info))") }
            if ido == 99 {
                guard info == 0 else { throw ComponentsError("the components did not converge in \(mostIterations) iterations") }
                return nil
            }
            return (Int(pointers[0]) - 1, Int(pointers[1]) - 1)
        }

        mutating func withWork(_ body: (UnsafeMutablePointer<Double>) throws -> Void) rethrows {
            try work.withUnsafeMutableBufferPointer { try body($0.baseAddress!) }
        }

        mutating func result() throws -> (values: [Double], vectors: [[Double]]) {
            var values = [Double](repeating: 0, count: kept), found = [Double](repeating: 0, count: size * kept), status: Int32 = 0
            let select = [Int32](repeating: 0, count: vectors)
            dseupd_c(1, "A", select, &values, &found, Int32(size), 0, "I", Int32(size), "LA", Int32(kept), 0, &residual, Int32(vectors), &basis, Int32(size),
                     &parameters, &pointers, &work, &projected, Int32(projected.count), &status)
            guard status == 0 else { throw ComponentsError("ARPACK's dseupd failed (\(status))") }
            let order = values.indices.sorted { values[$0] > values[$1] }
            return (order.map { values[$0] }, order.map { Array(found[$0 * size..<($0 + 1) * size]) })
        }
    }
}

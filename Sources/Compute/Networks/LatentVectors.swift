import Tensors

/// Latent vectors to be decoded, z [count][size]. Each is made when it is asked for, so that a million of them take no memory.
public struct LatentVectors: Sendable {
    public let count: Int
    public let size: Int
    private let vector: @Sendable (Int) -> [Float]

    /// The numbers [size] of one vector.
    public subscript(index: Int) -> [Float] { vector(index) }

    /// Vectors that are there: `values` [count][size].
    public init(_ values: [Float], size: Int) {
        precondition(size > 0 && values.count % size == 0, "values are [count][size]")
        (self.size, count) = (size, values.count / size)
        vector = { Array(values[$0 * size..<($0 + 1) * size]) }
    }

    private init(count: Int, size: Int, vector: @escaping @Sendable (Int) -> [Float]) {
        (self.count, self.size, self.vector) = (count, size, vector)
    }

    /// Vectors from N(0, 1), as the report's Listing 7 draws them; the first ones are the same whatever the count.
    public static func random(_ count: Int, size: Int, seed: UInt64) -> LatentVectors {
        let generator = Philox(seed: seed, purpose: .latents)
        return LatentVectors(count: count, size: size) { index in
            (index * size..<(index + 1) * size).map { generator.normals($0 / 4)[$0 % 4] }
        }
    }

    /// steps x steps vectors of two numbers: z0 runs down the rows, z1 along the columns, as in the report's Listing 8 (whose r1 = (3, 3) is a
    /// slip for (-3, 3)).
    public static func grid(z0: Ends, z1: Ends, steps: Int) -> LatentVectors {
        LatentVectors(count: steps * steps, size: 2) { [z0.point($0 / steps, of: steps), z1.point($0 % steps, of: steps)] }
    }

    /// Vectors on the straight line from one to the other, ends included.
    public static func between(_ first: [Float], _ last: [Float], steps: Int) -> LatentVectors {
        precondition(first.count == last.count, "both ends have as many numbers")
        return LatentVectors(count: steps, size: first.count) { step in
            zip(first, last).map { Ends($0, $1).point(step, of: steps) }
        }
    }

    /// The median of each class's latents, number by number, in the order of the classes that occur. The median of an even count is the mean of the
    /// two in the middle, as numpy has it.
    ///
    /// - Parameters:
    ///   - z: [n][size].
    ///   - labels: [n].
    /// - Returns: the medians, and the class of each.
    public static func medians(of z: [Float], size: Int, labels: [UInt16]) -> (vectors: LatentVectors, classes: [UInt16]) {
        precondition(z.count == labels.count * size, "z is [n][size], labels [n]")
        let members = Dictionary(grouping: labels.indices) { labels[$0] }, classes = members.keys.sorted()
        let medians = classes.flatMap { label in (0..<size).map { number in median(members[label]!.map { z[$0 * size + number] }) } }
        return (LatentVectors(medians, size: size), classes)
    }

    private static func median(_ values: [Float]) -> Float {
        let sorted = values.sorted(), middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}

/// Where a line of numbers begins and ends; either may be the greater.
public struct Ends: Sendable {
    public let first: Float, last: Float

    public init(_ first: Float, _ last: Float) { (self.first, self.last) = (first, last) }

    /// One of `count` points at equal distances, as numpy's linspace has them: computed in float64, the last exact; a single one is the first.
    public func point(_ index: Int, of count: Int) -> Float {
        if index > 0, index == count - 1 { return last }
        let step = count > 1 ? (Double(last) - Double(first)) / Double(count - 1) : 0
        return Float(Double(first) + Double(index) * step)
    }
}

/// What a reader reads for images of each class.
public struct Confusion: Sendable, Equatable {
    /// [classes][classes]: images; rows are the true class, columns the class read.
    public private(set) var counts: [[Int]]

    /// The most classes that are scored: the matrix grows with their square.
    public static let mostClasses = 4096

    /// No images yet.
    public init(classes: Int) { counts = Array(repeating: Array(repeating: 0, count: classes), count: classes) }

    init(_ counts: [[Int]]) { self.counts = counts }

    public var classes: Int { counts.count }
    public var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
    public var count: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    /// Percent of the images that are read right; NaN where there are none.
    public var accuracy: Double { Self.percent(correct, count) }

    /// Percent of a class's images that are read right; NaN where there are none.
    public func accuracy(of label: Int) -> Double { Self.percent(counts[label][label], counts[label].reduce(0, +)) }

    /// Adds an image.
    public mutating func add(_ label: Int, readAs read: Int) { counts[label][read] += 1 }

    private static func percent(_ part: Int, _ whole: Int) -> Double { whole == 0 ? .nan : 100 * Double(part) / Double(whole) }
}

import Tensors

/// Images of one shape in memory and, where they have them, their labels.
public struct ImageSet: Sendable {
    /// [count][channels][height][width]: bytes 0...255, of which a network sees byte / 255 and which take a quarter of the memory; or floats, which it
    /// sees as they are.
    public enum Values: Sendable, Equatable {
        case bytes([UInt8])
        case floats([Float])

        public var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .floats(let floats): floats.count
            }
        }

        /// Some of them.
        public subscript(range: Range<Int>) -> Values {
            switch self {
            case .bytes(let bytes): .bytes(Array(bytes[range]))
            case .floats(let floats): .floats(Array(floats[range]))
            }
        }

        /// Whether the shorter of the two is how the longer one begins.
        func begins(like other: Values) -> Bool {
            switch (self, other) {
            case (.bytes(let a), .bytes(let b)): a.count < b.count ? b.starts(with: a) : a.starts(with: b)
            case (.floats(let a), .floats(let b)): a.count < b.count ? b.starts(with: a) : a.starts(with: b)
            default: false
            }
        }
    }

    public let shape: ImageShape
    public let values: Values
    /// [count], indices into `classNames`; nil where the data have none.
    public let labels: [UInt16]?
    /// What the labels stand for; empty where there are none.
    public let classNames: [String]

    /// Images in `values` [count][channels][height][width]; `labels` [count] are below `classNames.count`. The sizes are the caller's to get right.
    public init(_ shape: ImageShape, _ values: Values, labels: [UInt16]? = nil, classNames: [String] = []) {
        precondition(values.count % shape.count == 0, "values are [count]\(shape)")
        precondition(labels.map { $0.count * shape.count == values.count } ?? true, "one label an image")
        precondition(labels?.max().map { Int($0) < classNames.count } ?? true, "each label has a class name")
        (self.shape, self.values, self.labels, self.classNames) = (shape, values, labels, classNames)
    }

    public var count: Int { values.count / shape.count }

    /// Some of the images.
    public subscript(range: Range<Int>) -> ImageSet {
        ImageSet(shape, values[range.lowerBound * shape.count..<range.upperBound * shape.count], labels: labels.map { Array($0[range]) }, classNames: classNames)
    }

    /// All numbers as a network sees them, [count][channels][height][width].
    public var floats: [Float] {
        switch values {
        case .bytes(let bytes): bytes.map { Float($0) / 255 }
        case .floats(let floats): floats
        }
    }

    /// The names of numbered classes: "0", "1" ... up to the highest label, and `least` of them at least.
    public static func numberedNames(upTo highest: UInt16?, least: Int = 0) -> [String] {
        (0..<max(least, (highest.map { Int($0) } ?? -1) + 1)).map(String.init)
    }
}

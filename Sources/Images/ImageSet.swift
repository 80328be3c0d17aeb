/// Images and, where they have them, their labels. Bytes are kept: 60,000 images take 61 MB, and a batch becomes float when it is needed.
public struct ImageSet: Sendable {
    /// Rows and columns of an image.
    public static let side = 32
    /// Gray images alone.
    public static let channels = 1
    /// Bytes of an image.
    public static let pixelsPerImage = channels * side * side

    /// [count][1][32][32], 0...255; a network reads byte / 255.
    public let pixels: [UInt8]
    /// [count], indices into `classNames`; nil where the data have none.
    public let labels: [UInt8]?
    /// What the labels stand for; empty where there are none.
    public let classNames: [String]

    /// Images in `pixels` [count][1][32][32]; `labels` [count] are below `classNames.count`. The sizes are the caller's to get right.
    public init(pixels: [UInt8], labels: [UInt8]? = nil, classNames: [String] = []) {
        precondition(pixels.count % Self.pixelsPerImage == 0, "pixels are [count][1][32][32]")
        precondition(labels.map { $0.count * Self.pixelsPerImage == pixels.count } ?? true, "one label an image")
        precondition(labels?.max().map { Int($0) < classNames.count } ?? true, "each label has a class name")
        self.pixels = pixels
        self.labels = labels
        self.classNames = classNames
    }

    public var count: Int { pixels.count / Self.pixelsPerImage }

    /// Whether the shorter of the two is how the longer one begins.
    public func begins(like other: ImageSet) -> Bool {
        let shared = min(pixels.count, other.pixels.count)
        return pixels[..<shared] == other.pixels[..<shared]
    }

    /// The names of the classes that `labels` speak of: "0", "1" ... up to the highest label, the ten digits at least.
    static func digitNames(upTo highest: UInt8?) -> [String] {
        (0...max(9, highest ?? 0)).map(String.init)
    }
}

import HDF5Library
import HDF5Reader
import Images
import Tensors

/// /preprocess: what was done to the images of a data set before the network saw them, and what later tools do by default.
public struct PreprocessRecord: Sendable, Equatable {
    public enum Resize: String, Sendable, CaseIterable { case none, bilinear }

    public let resize: Resize
    /// The images' own size; nil where they had several.
    public let sourceSize: ImageSize?
    /// What the network sees.
    public let size: ImageSize, channels: Int
    /// The numbers that are black and white in the data.
    public let pixelRange: ClosedRange<Double>

    /// What was done to these splits of a data set.
    public init(_ splits: [PreparedImages]) {
        precondition(!splits.isEmpty, "the images of a split at least")
        let given = Set(splits.map { $0.givenShape.map { ImageSize(height: $0.height, width: $0.width) } })
        self.init(splits[0].shape, from: given.count == 1 ? given.first! : nil, isFloat: splits.contains(where: \.isFloat))
    }

    /// Of images that are what the network sees.
    init(_ shape: ImageShape) { self.init(shape, from: ImageSize(height: shape.height, width: shape.width), isFloat: false) }

    private init(_ shape: ImageShape, from sourceSize: ImageSize?, isFloat: Bool) {
        (size, channels, self.sourceSize) = (ImageSize(height: shape.height, width: shape.width), shape.channels, sourceSize)
        resize = sourceSize == size ? .none : .bilinear
        pixelRange = isFloat ? 0...1 : 0...255
    }

    /// What later tools do where nothing else is asked for.
    public var preparation: Preparation { Preparation(size: size, channels: Preparation.channelCounts.contains(channels) ? channels : nil) }

    /// What a file says; nil where one of schema 1.0 does not. Throws `HDF5Error`.
    public init?(_ root: StoredGroup) throws {
        let group = try root.group("preprocess")
        guard group.hasAttribute(Name.method) else { return nil }
        resize = try group.choice(Name.method)
        sourceSize = try group.hasAttribute(Name.sourceSize) ? Self.size(Name.sourceSize, group) : nil
        size = try Self.size(Name.size, group)
        channels = try group.integer(Name.channels, in: ModelRecord.sides)
        let range: [Double] = try group.attribute(Name.pixelRange)
        guard range.count == 2, range[0] < range[1], range.allSatisfy(\.isFinite) else {
            throw group.error("\(Name.pixelRange) is \(range), not what is black and what is white")
        }
        pixelRange = range[0]...range[1]
    }

    private static func size(_ name: String, _ group: StoredGroup) throws -> ImageSize {
        let sides: [Int64] = try group.attribute(name)
        guard sides.count == 2, sides.allSatisfy({ ImageSize.given.contains(Int(clamping: $0)) }) else {
            throw group.error("\(name) is \(sides), not a height and a width")
        }
        return ImageSize(height: Int(sides[0]), width: Int(sides[1]))
    }

    func write(to root: Group) throws {
        let group = try root.add("preprocess", .preprocess)
        // Schema 1.0's two: every file has them.
        try group.setAttribute("resize", to: text)
        try group.setAttribute("divide_by", to: 255.0)
        try group.setAttribute(Name.method, to: resize.rawValue)
        if let sourceSize { try group.setAttribute(Name.sourceSize, to: [Int64(sourceSize.height), Int64(sourceSize.width)]) }
        try group.setAttribute(Name.size, to: [Int64(size.height), Int64(size.width)])
        try group.setAttribute(Name.channels, to: Int64(channels))
        try group.setAttribute(Name.pixelRange, to: [pixelRange.lowerBound, pixelRange.upperBound])
    }

    private var text: String {
        resize == .none ? "none" : "\(sourceSize.map { "\($0)" } ?? "several sizes") to \(size), bilinear as Pillow does it"
    }

    private enum Name {
        static let method = "resize_method", sourceSize = "source_size", size = "size", channels = "channels", pixelRange = "pixel_range"
    }

    /// The schema's rows of what 1.0 does not have.
    static let attributes = ([
        .text(Name.method, .choices(Resize.self)), .init(name: Name.sourceSize, type: "int64", shape: ["2"], values: .range(ImageSize.given)),
        .init(name: Name.size, type: "int64", shape: ["2"], values: .range(ImageSize.given)), .integer(Name.channels, .range(ModelRecord.sides)),
        .init(name: Name.pixelRange, type: "float64", shape: ["2"], values: .finite),
    ] as [SchemaElement.Attribute]).map(\.optional)
}

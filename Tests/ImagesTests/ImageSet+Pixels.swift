import Images

extension ImageSet {
    /// The bytes; none of floats.
    var pixels: [UInt8] { if case .bytes(let bytes) = values { bytes } else { [] } }
}

extension Preparation {
    /// The report's images: gray, 32 x 32.
    static let report = Preparation(size: ImageSize(height: 32, width: 32), channels: 1)
}

extension DataSource {
    /// The images as the report's networks see them, unless another preparation is asked for.
    func load(_ split: Split, limit: Int?, as preparation: Preparation = .report) throws -> ImageSet {
        let images = try load(split, limit: limit, preparation)
        return try images[0..<images.count]
    }
}

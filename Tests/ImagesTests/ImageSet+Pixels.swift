import Images

extension ImageSet {
    /// The bytes; none of floats.
    var pixels: [UInt8] { if case .bytes(let bytes) = values { bytes } else { [] } }
}

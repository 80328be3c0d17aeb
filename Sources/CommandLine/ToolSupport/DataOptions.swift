import ArgumentParser
import Images

/// Where a tool's images come from, and what is done to them: the same options everywhere.
public struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp(
        "Images: a folder of IDX files (gzipped or not), a folder of PNGs (one subfolder a class), a .csv matrix, a .npy array, an .h5 file with a dataset 'images', or 'synthetic', the built-in digits. Default: MNIST where it is found, else the built-in digits.",
        valueName: "path"), completion: .file())
    public var data: String?
    @Option(help: ArgumentHelp("Height and width of the images, which are resized to it: n, or HxW. (default: the model's; for a new network 32)", valueName: "size"))
    public var size: String?
    @Option(help: ArgumentHelp("Channels of the images: 1 gray, 3 colour. (default: the model's; for a new network 1)", valueName: "n"))
    public var channels: Int?

    public init() {}

    /// The source, and the line about it where it was not the user's choice. Throws `ToolError` and `ImageError`.
    public func select() throws -> DataSelection { try DataSelection(data, preparation()) }

    /// What is asked to be done to the images. Throws `ToolError` for a size and a number of channels that cannot be.
    public func preparation() throws -> Preparation {
        let wanted = size.flatMap(ImageSize.init)
        if let size, wanted == nil {
            let sides = ImageSize.asked
            throw ToolError.usage("--size is '\(size.prefix(40))', neither a side of \(sides.lowerBound) to \(sides.upperBound) pixels nor HEIGHTxWIDTH of such")
        }
        if let channels, !Preparation.channelCounts.contains(channels) { throw ToolError.usage("--channels is \(channels), neither 1 nor 3") }
        return Preparation(size: wanted, channels: channels)
    }

    /// The options that are given, for tools that have no use for them.
    public var given: [String] { [("--data", data != nil), ("--size", size != nil), ("--channels", channels != nil)].filter(\.1).map(\.0) }
}

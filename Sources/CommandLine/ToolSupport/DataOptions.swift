import ArgumentParser
import Images

/// Where a tool's images come from: the same option everywhere.
public struct DataOptions: ParsableArguments {
    @Option(help: ArgumentHelp(
        "Images: a folder of IDX files (gzipped or not), a folder of PNGs (one subfolder a class), a .csv matrix, an .h5 file with a dataset 'images', or 'synthetic', the built-in digits. Default: MNIST where it is found, else the built-in digits.",
        valueName: "path"), completion: .file())
    public var data: String?

    public init() {}

    /// The source, and the line about it where it was not the user's choice.
    public func select() throws -> DataSelection { try DataSelection(data) }
}

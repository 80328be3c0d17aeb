import Platform

/// The data that a `--data` option, or its absence, means.
public struct DataSelection: Sendable {
    public let source: any DataSource
    /// What is to be done to the images, as far as the user has said it.
    public let preparation: Preparation
    /// A line for the user where the choice was ours and may surprise.
    public let notice: String?

    /// The source that `argument` names: `synthetic`, a folder of IDX files, a folder of PNGs, a CSV, .npy or HDF5 file. Without an argument: what
    /// `$AEKIT_DATA` names, else the first folder of `places` that holds IDX files, else the built-in digits, of which `notice` tells.
    ///
    /// Throws `ImageError` where the argument names nothing that we read.
    public init(_ argument: String?, _ preparation: Preparation = .init(), places: [String] = DataSelection.places) throws {
        self.preparation = preparation
        if let named = argument ?? Environment.variable("AEKIT_DATA") {
            source = try Self.source(named)
            notice = nil
        } else if let folder = places.lazy.compactMap(IDXFolder.init(ifAt:)).first {
            source = folder
            notice = nil
        } else {
            source = SyntheticDigits()
            notice = "no MNIST found (see --data), so these are the built-in digits"
        }
    }

    /// Where MNIST is looked for, in order.
    public static var places: [String] {
        ["data/mnist", "mnist", "../shared/data/mnist"] + (Environment.variable("HOME").map { ["\($0)/.cache/aekit/mnist"] } ?? [])
    }

    private static func source(_ path: String) throws -> any DataSource {
        if path == "synthetic" { return SyntheticDigits() }
        if Paths.isFolder(path) { return IDXFolder(ifAt: path) ?? PNGFolder(path) }
        guard Paths.isFile(path) else { throw ImageError(path, Paths.exists(path) ? "neither a file nor a folder" : "no such file or folder", kind: .noInput) }
        let name = path.lowercased()
        if name.hasSuffix(".csv") { return CSVMatrix(path) }
        if name.hasSuffix(".npy") { return NPYImages(path) }
        guard HDF5Images.endings.contains(where: name.hasSuffix) else {
            throw ImageError(path, "neither a folder of IDX files or PNGs nor a .csv, .npy or .h5 file")
        }
        return HDF5Images(path)
    }
}

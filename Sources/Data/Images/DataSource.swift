import Platform

/// Which part of a data set.
public enum Split: String, Sendable, CaseIterable {
    case train, test
}

/// Where images come from. What goes wrong is an `ImageError`, or an `HDF5Error` about something in an HDF5 file.
public protocol DataSource: Sendable, CustomStringConvertible {
    /// The images of `split`, the first `limit` (at least 1) alone where it is given. Throws as said above.
    func load(_ split: Split, limit: Int?) throws -> ImageSet

    /// The same images some at a time. Throws likewise.
    func stream(_ split: Split, limit: Int?) throws -> ImageStream
}

/// The data that a `--data` option, or its absence, means.
public struct DataSelection: Sendable {
    public let source: any DataSource
    /// A line for the user where the choice was ours and may surprise.
    public let notice: String?

    /// The source that `argument` names: `synthetic`, a folder of IDX files, a folder of PNGs, a CSV file or an HDF5 file. Without an argument: what
    /// `$AEKIT_DATA` names, else the first folder of `places` that holds IDX files, else the built-in digits, of which `notice` tells.
    ///
    /// Throws `ImageError` where the argument names nothing that we read.
    public init(_ argument: String?, places: [String] = DataSelection.places) throws {
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
        guard HDF5Images.endings.contains(where: name.hasSuffix) else {
            throw ImageError(path, "neither a folder of IDX files or PNGs nor a .csv or .h5 file")
        }
        return HDF5Images(path)
    }
}

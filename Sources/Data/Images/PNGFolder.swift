import PNGFiles

/// A folder of PNGs of 28 x 28 or 32 x 32 pixels, one subfolder a class.
///
/// Where it has subfolders `train` or `test`, those are its splits, else all of it is in both. Classes and files come in the order of their names'
/// bytes. Subfolders whose names are all whole numbers below 256 are labels themselves ("3" holds label 3), other names count from 0. PNGs without
/// subfolders have no labels. Colour becomes gray as in Pillow's `convert("L")`.
public struct PNGFolder: DataSource {
    public let path: String
    public var description: String { path }

    public init(_ path: String) {
        self.path = path
    }

    public func load(_ split: Split, limit: Int?) throws -> ImageSet {
        let folder = try self.folder(of: split)
        let classes = try Paths.names(in: folder).filter { Paths.isFolder("\(folder)/\($0)") }
        if classes.isEmpty {
            return ImageSet(Enlarging.shape, .bytes(try pixels(of: files(in: folder).prefix(limit ?? .max), in: folder)))
        }
        guard classes.count <= 256 else { throw ImageError(folder, "\(classes.count) classes; 256 at most are read") }
        let numbers = classes.compactMap { UInt16($0) }
        let numbered = numbers.count == classes.count && Set(numbers).count == numbers.count
        var paths: [String] = [], labels: [UInt16] = []
        for (index, name) in classes.enumerated() {
            let found = try files(in: "\(folder)/\(name)").prefix((limit ?? .max) - paths.count)
            paths += found
            labels += [UInt16](repeating: numbered ? numbers[index] : UInt16(index), count: found.count)
        }
        let names = numbered ? ImageSet.numberedNames(upTo: numbers.max(), least: 10) : classes
        return ImageSet(Enlarging.shape, .bytes(try pixels(of: paths[...], in: folder)), labels: labels, classNames: names)
    }

    private func folder(of split: Split) throws -> String {
        let folders = Split.allCases.filter { Paths.isFolder("\(path)/\($0.rawValue)") }
        if folders.isEmpty { return path }
        guard folders.contains(split) else { throw ImageError(path, "no subfolder \(split.rawValue)", kind: .noInput) }
        return "\(path)/\(split.rawValue)"
    }

    private func files(in folder: String) throws -> [String] {
        try Paths.names(in: folder).filter { $0.lowercased().hasSuffix(".png") }.map { "\(folder)/\($0)" }
    }

    /// The images of `files`, [count][1][32][32].
    private func pixels(of files: ArraySlice<String>, in folder: String) throws -> [UInt8] {
        guard !files.isEmpty else { throw ImageError(folder, "the folder holds neither IDX files nor PNGs", kind: .noInput) }
        var pixels: [UInt8] = []
        pixels.reserveCapacity(files.count * Enlarging.shape.count)
        for file in files {
            let image = try Self.image(file)
            pixels += image.width == Enlarging.to ? image.pixels : Enlarging.apply(image.pixels)
        }
        return pixels
    }

    /// The gray image in `file`, 28 x 28 or 32 x 32.
    private static func image(_ file: String) throws -> PNGImage {
        let side = Enlarging.to
        do {
            let image = try PNGImage.decode(Paths.contents(of: file, limit: 1 << 24), maximumSide: side)
            guard image.width == image.height, image.width == side || image.width == 28 else {
                throw PNGError("\(image.width) x \(image.height) pixels; 28 x 28 or \(side) x \(side) are read")
            }
            return image.gray()
        } catch let error as PNGError {
            throw ImageError(file, error.description)
        }
    }
}

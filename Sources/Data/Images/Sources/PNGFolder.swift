import PNGFiles
import Tensors

/// A folder of PNGs, one subfolder a class.
///
/// Where it has subfolders `train` or `test`, those are its splits, else all of it is in both. Classes and files come in the order of their names' bytes.
/// Subfolders whose names are all whole numbers below 65,536 are labels themselves ("3" holds label 3); other names count from 0, over both splits together.
/// PNGs without subfolders have no labels. Transparency is left out.
public struct PNGFolder: DataSource {
    /// The most classes.
    private static let mostClasses = 1 << 16

    public let path: String
    public let notices = Notices()
    public var description: String { path }
    private let splits = Once<Split, OpenSplit>()

    public init(_ path: String) { self.path = path }

    public func open(_ split: Split) throws -> OpenSplit {
        try splits.value(split) {
            let folder = try folder(of: split), classes = try Self.classes(in: folder)
            if classes.isEmpty { return try Self.opened(Self.files(in: folder), labels: nil, folder) }
            let all = try allClasses(), numbers = Self.numbers(of: all)
            var paths: [String] = [], labels: [UInt16] = []
            for name in classes {
                let found = try Self.files(in: "\(folder)/\(name)")
                paths += found
                labels += [UInt16](repeating: numbers[name] ?? 0, count: found.count)
            }
            return try Self.opened(paths, labels: labels, folder)
        }
    }

    public func classNames() throws -> [String] {
        let classes = try allClasses(), numbers = Self.numbers(of: classes)
        return classes.allSatisfy { UInt16($0) == numbers[$0] } ? ImageSet.numberedNames(upTo: numbers.values.max()) : classes
    }

    private static func opened(_ paths: [String], labels: [UInt16]?, _ folder: String) throws -> OpenSplit {
        guard !paths.isEmpty else { throw ImageError(folder, "the folder holds neither IDX files nor PNGs", kind: .noInput) }
        return OpenSplit(PNGStorage(paths), labels: labels) { paths[$0] }
    }

    // MARK: Folders

    private var splitFolders: [Split] { Split.allCases.filter { Paths.isFolder("\(path)/\($0.rawValue)") } }

    private func folder(of split: Split) throws -> String {
        let folders = splitFolders
        if folders.isEmpty { return path }
        guard folders.contains(split) else { throw ImageError(path, "no subfolder \(split.rawValue)", kind: .noInput) }
        return "\(path)/\(split.rawValue)"
    }

    private static func classes(in folder: String) throws -> [String] { try Paths.names(in: folder).filter { Paths.isFolder("\(folder)/\($0)") } }

    /// The classes of all splits, in the order of their names' bytes.
    private func allClasses() throws -> [String] {
        let folders = splitFolders.map { "\(path)/\($0.rawValue)" }
        let classes = try Set((folders.isEmpty ? [path] : folders).flatMap(Self.classes)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        guard classes.count <= Self.mostClasses else { throw ImageError(path, "\(classes.count) classes; \(Self.mostClasses) at most are read") }
        return classes
    }

    /// The label of each class.
    private static func numbers(of classes: [String]) -> [String: UInt16] {
        let own = classes.compactMap { UInt16($0) }, isNumbered = own.count == classes.count && Set(own).count == own.count
        return Dictionary(uniqueKeysWithValues: classes.enumerated().map { index, name in (name, isNumbered ? own[index] : UInt16(index)) })
    }

    private static func files(in folder: String) throws -> [String] {
        try Paths.names(in: folder).filter { $0.lowercased().hasSuffix(".png") }.map { "\(folder)/\($0)" }
    }
}

/// PNG files, which are decoded whenever they are wanted.
private struct PNGStorage: ImageStorage {
    private let paths: [String]
    private let known = Once<Int, ImageExtent>()

    /// The most bytes of a file.
    private static let longest = 1 << 28

    init(_ paths: [String]) { self.paths = paths }

    var count: Int { paths.count }
    var isFloat: Bool { false }
    var access: StorageAccess { .decoded }

    /// What the files' first bytes say.
    func extent() throws -> ImageExtent {
        try known.value(0) {
            var sizes: Set<ImageSize> = [], channels = 1
            for path in paths {
                let header = try Self.reading(path) { try PNGHeader(Paths.start(of: Paths.open(path).file, path, PNGHeader.byteCount)) }
                sizes.insert(ImageSize(height: header.height, width: header.width))
                if header.isColor { channels = 3 }
            }
            return ImageExtent(size: sizes.count == 1 ? sizes.first : nil, channels: channels)
        }
    }

    func forEach(_ range: Range<Int>, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        for path in paths[range] {
            let bytes = try Paths.contents(of: path, limit: Self.longest)
            let (image, isColor) = try Self.reading(path) { (try PNGImage.decode(bytes, maximumArea: ImageSize.largestArea), try PNGHeader(bytes).isColor) }
            let planes = isColor ? image.planes() : image.gray().pixels
            try planes.withUnsafeBufferPointer {
                try body(ImageShape(channels: isColor ? 3 : 1, height: image.height, width: image.width), .bytes($0.baseAddress!))
            }
        }
    }

    private static func reading<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
        do { return try body() } catch let error as PNGError { throw ImageError(path, error.description) }
    }
}

import NPYFiles
import SystemFiles

/// An array of images in NumPy's `.npy`: [N, C, H, W], [N, H, W, C] or [N, H, W], uint8 or floats in [0, 1] of 2, 4 or 8 bytes, in C order. It has neither
/// splits, so that all of it is in both, nor labels.
public struct NPYImages: DataSource {
    public let path: String
    public let notices = Notices()
    public var description: String { path }
    private let opened = Once<Int, OpenSplit>()

    public init(_ path: String) { self.path = path }

    public func open(_ split: Split) throws -> OpenSplit {
        try opened.value(0) {
            let (file, size) = try Paths.open(path)
            do {
                let header = try NPYHeader(Paths.start(of: file, path, NPYHeader.largest))
                let (axes, type) = try (ImageAxes(header.shape), Self.type(header))
                guard header.offset + header.byteCount <= size else { throw NPYError("is \(size) bytes long, too short for shape \(header.shape)") }
                guard header.offset + header.byteCount == size else { throw NPYError("has bytes after the array") }
                return OpenSplit(ArrayStorage(file, offset: header.offset, axes, type, .unit, named: path))
            } catch let error as NPYError {
                throw ImageError(path, error.description)
            } catch let error as ImageAxesError {
                throw ImageError(path, error.problem)
            }
        }
    }

    public func classNames() -> [String] { [] }

    private static func type(_ header: NPYHeader) throws(NPYError) -> ArrayNumber {
        guard !header.isFortranOrder else { throw NPYError("is in Fortran order; numpy.ascontiguousarray gives C order") }
        switch (header.type.kind, header.type.byteCount) {
        case (.unsigned, 1): return .uint8
        case (.float, let size): return .float(byteCount: size, isBigEndian: header.type.isBigEndian)
        default: throw NPYError("its numbers are \(header.type.text); uint8 (0 to 255) and floats (0 to 1) are read")
        }
    }
}

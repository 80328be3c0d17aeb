import CHDF5
import HDF5Types

/// A dataset: numbers or text in row-major order.
public final class Dataset: HDF5Object, ReadableDataset {
    /// How a dataset's elements lie in the file.
    public enum Layout: Sendable { case contiguous, compact, chunked }

    public let file: File
    public let path: String
    /// The dimensions, the slowest first; [] for a scalar.
    public let shape: [Int]
    /// The type of the elements as stored.
    public let elementType: ElementType
    public let layout: Layout
    /// The number of elements.
    public let count: Int
    /// The size of all elements as stored, uncompressed.
    public let byteCount: Int
    public var identifier: hid_t { handle.id }

    /// Bytes of a chunk, unpacked; 0 for other layouts.
    let chunkByteCount: Int
    /// Bytes of chunks that libhdf5 keeps unless it is told otherwise, and the most that it is told to.
    static let usualCache = 1 << 20, largestCache = 1 << 29

    let type: Handle
    private let handle: Handle

    /// Throws `HDF5Error` for a dataset that is kept outside the file or claims more than the file can hold.
    init(file: File, handle: Handle, path: String) throws {
        (self.file, self.handle, self.path) = (file, handle, path)
        let place = Place(file: file.name, object: path)
        let creation = try place.open("H5Dget_create_plist", H5Dget_create_plist(handle.id))
        layout = try Self.layout(creation, at: place)
        type = try place.open("H5Dget_type", H5Dget_type(handle.id))
        elementType = try ElementType(type.id, at: place)
        let space = try Dataspace(stored: place.open("H5Dget_space", H5Dget_space(handle.id)), at: place)
        (shape, count) = (space.shape, space.count)
        let (size, overflows) = count.multipliedReportingOverflow(by: H5Tget_size(type.id))
        if overflows { throw place.error("the shape \(shape) is out of range") }
        byteCount = size
        chunkByteCount = layout == .chunked ? try Self.chunkByteCount(creation, rank: shape.count, element: H5Tget_size(type.id), at: place) : 0
        try checkSize()
    }

    /// Where the elements begin, in bytes from the file's first; nil where they have no room of their own, having no bytes or another layout.
    public var fileOffset: Int? {
        guard layout == .contiguous, (try? Library.start()) != nil else { return nil }
        // All ones say that there is no such address.
        let address = H5Dget_offset(identifier)
        return address == haddr_t.max ? nil : Int(exactly: address)
    }

    /// libhdf5's layout. External and virtual ones are refused: their elements are in other files.
    private static func layout(_ creation: Handle, at place: Place) throws -> Layout {
        guard try place.check("H5Pget_external_count", H5Pget_external_count(creation.id)) == 0 else {
            throw place.error("is kept in another file, which is not opened")
        }
        switch H5Pget_layout(creation.id) {
        case H5D_CONTIGUOUS: return .contiguous
        case H5D_COMPACT: return .compact
        case H5D_CHUNKED: return .chunked
        case H5D_VIRTUAL: throw place.error("is a view of other datasets, which are not opened")
        default: throw place.error("has an unknown layout")
        }
    }

    /// The most that one stored byte can stand for: deflate's best.
    private static let greatestCompression = 1032

    /// Refuses, in a file that is read, a claim of more bytes than the file can hold, before memory is taken for them.
    private func checkSize() throws {
        guard file.byteCount > 0, byteCount > 0 else { return }
        guard layout == .chunked else {
            if byteCount > file.byteCount { throw error("\(byteCount) bytes are more than the file can hold") }
            return
        }
        let stored = Int(clamping: H5Dget_storage_size(identifier))
        if byteCount / Self.greatestCompression > stored { throw error("\(byteCount) bytes are more than the file can hold") }
        // Memory is also taken for whole chunks, which may reach beyond the dataset.
        if chunkByteCount / Self.greatestCompression > stored { throw error("its chunks are larger than the file can hold") }
    }

    private static func chunkByteCount(_ creation: Handle, rank: Int, element: Int, at place: Place) throws -> Int {
        var sides = [hsize_t](repeating: 0, count: rank)
        try place.check("H5Pget_chunk", H5Pget_chunk(creation.id, Int32(rank), &sides))
        // The product is one of Doubles for it may overflow.
        return Int(min(sides.reduce(Double(element)) { $0 * Double($1) }, 0x1p62))
    }
}

import Synchronization
import Tensors

/// Makes images of any shape into those of one, as `Preparation` says: colour to gray, then the size as Pillow's BILINEAR gives it, each of two passes rounded, then
/// gray to colour. Any number of threads may use it at once.
///
/// Which pass comes first is as in Pillow 13, found by trying: columns where the height shrinks, and by more than twice what the width does; else rows, as in older
/// versions always. The last bit of some pixels depends on it.
final class ImagePreparer: Sendable {
    /// What comes out.
    let shape: ImageShape

    private struct Sides: Hashable {
        let from: Int, to: Int
    }
    private let tables = Mutex<[Sides: ResampleTable]>([:])
    private let given = Mutex<(shape: ImageShape?, varies: Bool)>((nil, false))

    /// Sizes whose tables are kept; photographs may have any.
    private static let mostTables = 64

    init(_ shape: ImageShape) { self.shape = shape }

    /// The shape of all images so far; nil before the first, and where they differ.
    var givenShape: ImageShape? { given.withLock { $0.varies ? nil : $0.shape } }

    /// Takes note of the shapes that some images had.
    func note(_ shapes: Set<ImageShape>) {
        given.withLock { given in
            for shape in shapes {
                if let known = given.shape, known != shape { given.varies = true }
                given.shape = shape
            }
        }
    }

    /// One image [from.channels][height][width] to `result` [channels][height][width].
    func prepare<Number: PixelNumber>(_ source: UnsafePointer<Number>, _ from: ImageShape, _ result: UnsafeMutablePointer<Number>) {
        guard from.channels == 3, shape.channels == 1 else { return resize(source, from, result) }
        withUnsafeTemporaryAllocation(of: Number.self, capacity: from.area) { gray in
            Number.gray(source, from.area, gray.baseAddress!)
            resize(gray.baseAddress!, ImageShape(channels: 1, height: from.height, width: from.width), result)
        }
    }

    /// All planes of `source`, and the first repeated where more are wanted.
    private func resize<Number: PixelNumber>(_ source: UnsafePointer<Number>, _ from: ImageShape, _ result: UnsafeMutablePointer<Number>) {
        if from == shape { return result.update(from: source, count: shape.count) }
        for plane in 0..<from.channels { resizePlane(source + plane * from.area, from, result + plane * shape.area) }
        for plane in from.channels..<max(shape.channels, from.channels) { (result + plane * shape.area).update(from: result, count: shape.area) }
    }

    private func resizePlane<Number: PixelNumber>(_ source: UnsafePointer<Number>, _ from: ImageShape, _ result: UnsafeMutablePointer<Number>) {
        if Number.self == UInt8.self, from.height == Enlarging.from, from.width == Enlarging.from, shape.height == Enlarging.to, shape.width == Enlarging.to {
            return Enlarging.apply(unmargined: UnsafeRawPointer(source).assumingMemoryBound(to: UInt8.self), to: UnsafeMutableRawPointer(result).assumingMemoryBound(to: UInt8.self))
        }
        let rows = from.width == shape.width ? nil : table(from.width, shape.width), columns = from.height == shape.height ? nil : table(from.height, shape.height)
        switch (rows, columns) {
        case (nil, nil): result.update(from: source, count: shape.area)
        case (let rows?, nil): Number.resampleRows(source, from.height, rows, result)
        case (nil, let columns?): Number.resampleColumns(source, shape.width, columns, result)
        case (let rows?, let columns?) where from.height > shape.height && from.height - shape.height > 2 * (from.width - shape.width):
            withUnsafeTemporaryAllocation(of: Number.self, capacity: shape.height * from.width) { between in
                Number.resampleColumns(source, from.width, columns, between.baseAddress!)
                Number.resampleRows(between.baseAddress!, shape.height, rows, result)
            }
        case (let rows?, let columns?):
            withUnsafeTemporaryAllocation(of: Number.self, capacity: from.height * shape.width) { between in
                Number.resampleRows(source, from.height, rows, between.baseAddress!)
                Number.resampleColumns(between.baseAddress!, shape.width, columns, result)
            }
        }
    }

    private func table(_ from: Int, _ to: Int) -> ResampleTable {
        let sides = Sides(from: from, to: to)
        if let table = tables.withLock({ $0[sides] }) { return table }
        let table = ResampleTable(from: from, to: to)
        tables.withLock { tables in
            if tables.count == Self.mostTables { tables.removeAll() }
            tables[sides] = table
        }
        return table
    }
}

import Platform
import SystemFiles
import Tensors
import Texts

/// Images of one shape that are read from where they lie, and prepared, whenever they are wanted. Any number of threads may read at once.
public struct StoredImages: Sendable {
    let storage: any ImageStorage
    private let preparer: ImagePreparer
    public let count: Int

    /// Prepared images up to so many bytes are simply held in memory.
    static let mostInMemory = 256 << 20
    /// Numbers that one thread prepares before another is worth waking.
    private static let fewNumbers = 1 << 20
    /// The largest portions in which images go to a file.
    private static let portion = 16 << 20

    /// The first `count` images of `storage`.
    init(_ storage: any ImageStorage, _ preparer: ImagePreparer, count: Int) {
        (self.storage, self.preparer, self.count) = (storage, preparer, count)
    }

    public var shape: ImageShape { preparer.shape }
    /// Whether the numbers are floats, else bytes.
    public var isFloat: Bool { storage.isFloat }
    /// The shape that all images had that were read so far, before they were prepared; nil where they differed.
    public var givenShape: ImageShape? { preparer.givenShape }

    /// The images of a range, [n][channels][height][width], bytes. Throws `ImageError`, `HDF5Error` or `SystemError`.
    public func read(_ range: Range<Int>, into target: UnsafeMutablePointer<UInt8>) throws {
        try forEach(range) { place, shape, numbers in
            guard case .bytes(let bytes) = numbers else { preconditionFailure("floats, not bytes") }
            preparer.prepare(bytes, shape, target + place * self.shape.count)
        }
    }

    /// The images of a range, [n][channels][height][width], floats. Throws `ImageError`, `HDF5Error` or `SystemError`.
    public func read(_ range: Range<Int>, into target: UnsafeMutablePointer<Float>) throws {
        try forEach(range) { place, shape, numbers in
            guard case .floats(let floats) = numbers else { preconditionFailure("bytes, not floats") }
            preparer.prepare(floats, shape, target + place * self.shape.count)
        }
    }

    /// The images of a range in memory. Throws likewise.
    public func values(_ range: Range<Int>) throws -> ImageSet.Values {
        let numbers = range.count * shape.count
        if isFloat {
            return .floats(try [Float](unsafeUninitializedCapacity: numbers) { buffer, initialized in
                if let target = buffer.baseAddress { try read(range, into: target) }
                initialized = numbers
            })
        }
        return .bytes(try [UInt8](unsafeUninitializedCapacity: numbers) { buffer, initialized in
            if let target = buffer.baseAddress { try read(range, into: target) }
            initialized = numbers
        })
    }

    /// Gives each image of a range with its place in it, on several threads where there are many.
    private func forEach(_ range: Range<Int>, _ body: (_ place: Int, _ shape: ImageShape, _ numbers: ImageNumbers) -> Void) throws {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "images \(range) of \(count)")
        func read(_ part: Range<Int>) throws {
            var place = part.lowerBound - range.lowerBound, shapes: Set<ImageShape> = [], last: ImageShape?
            try storage.forEach(part) { shape, numbers in
                if shape != last { shapes.insert(shape) }
                last = shape
                body(place, shape, numbers)
                place += 1
            }
            preparer.note(shapes)
        }
        let threads = storage.access == .sequential ? 1 : min(Processors.count, range.count * shape.count / Self.fewNumbers, range.count)
        guard threads > 1 else { return try read(range) }
        try Team(size: threads, flushesDenormals: false).runThrowing { member in
            let share = member.share(of: range.count)
            try read(range.lowerBound + share.lowerBound..<range.lowerBound + share.upperBound)
        }
    }

    // MARK: Keeping

    /// The images where they lie.
    func inPlace() throws -> PreparedImages.Kept { .init(shape: shape, values: .stored(self), givenShape: try storage.extent().shape) }

    /// The images where they are read again and again: in memory where they are few, else where they lie, or in a temporary file where that
    /// takes work.
    func kept(_ notices: Notices, _ source: String) throws -> PreparedImages.Kept {
        let each = shape.count * (isFloat ? 4 : 1)
        if count <= Self.mostInMemory / each {
            let values = try values(0..<count)
            return .init(shape: shape, values: .memory(values), givenShape: givenShape)
        }
        guard storage.access != .any else { return try inPlace() }
        let file = try TemporaryFile(), step = max(1, Self.portion / each)
        for first in stride(from: 0, to: count, by: step) {
            switch try values(first..<min(first + step, count)) {
            case .bytes(let bytes): try bytes.withUnsafeBytes { try file.descriptor.write($0) }
            case .floats(let floats): try floats.withUnsafeBytes { try file.descriptor.write($0) }
            }
        }
        notices.add("\(source): unpacked into a temporary file of \((count * each).byteText) in \(file.folder)")
        let axes = ImageAxes(count: count, shape: shape)
        let array = ArrayStorage(file.descriptor, offset: 0, axes, isFloat ? .float32 : .uint8, .unlimited, named: source)
        return .init(shape: shape, values: .stored(StoredImages(array, ImagePreparer(shape), count: count)), givenShape: givenShape)
    }
}

import SystemFiles
import Tensors

/// The type of an array's numbers in a file.
enum ArrayNumber: Sendable, Equatable {
    case uint8
    case float(byteCount: Int, isBigEndian: Bool)

    static let float32 = ArrayNumber.float(byteCount: 4, isBigEndian: false)

    var byteCount: Int { if case .float(let byteCount, _) = self { byteCount } else { 1 } }
    var isFloat: Bool { self != .uint8 }
}

/// Images that lie one after the other in an open file, from where they are read whenever they are wanted.
struct ArrayStorage: ImageStorage {
    private let file: Descriptor, offset: Int
    private let axes: ImageAxes, type: ArrayNumber
    private let rule: FloatRule
    private let error: @Sendable (String) -> any Error

    /// Bytes that are read at a time, unless an image has more.
    private static let block = 1 << 18

    /// - Parameters:
    ///   - offset: where the first image begins; the file has been found long enough for all.
    ///   - error: makes the error that says what is wrong with the file.
    init(_ file: Descriptor, offset: Int, _ axes: ImageAxes, _ type: ArrayNumber, _ rule: FloatRule, error: @escaping @Sendable (String) -> any Error) {
        (self.file, self.offset, self.axes, self.type, self.rule, self.error) = (file, offset, axes, type, rule, error)
    }

    init(_ file: Descriptor, offset: Int, _ axes: ImageAxes, _ type: ArrayNumber, _ rule: FloatRule, named name: String) {
        self.init(file, offset: offset, axes, type, rule) { ImageError(name, $0) }
    }

    var count: Int { axes.count }
    var isFloat: Bool { type.isFloat }
    var access: StorageAccess { .any }
    func extent() -> ImageExtent { ImageExtent(axes.shape) }

    func forEach(_ range: Range<Int>, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        let size = axes.shape.count, byteCount = size * type.byteCount, images = min(range.count, max(1, Self.block / byteCount))
        guard images > 0 else { return }
        try withUnsafeTemporaryAllocation(byteCount: images * byteCount, alignment: 16) { buffer in
            for first in stride(from: range.lowerBound, to: range.upperBound, by: images) {
                let block = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(min(images, range.upperBound - first) * byteCount)])
                guard try file.read(into: block, at: offset + first * byteCount) == block.count else { throw error("the file became shorter while it was read") }
                for image in 0..<block.count / byteCount { try give(UnsafeRawPointer(block.baseAddress! + image * byteCount), body) }
            }
        }
    }

    /// Gives one image as it lies.
    private func give(_ bytes: UnsafeRawPointer, _ body: (ImageShape, ImageNumbers) throws -> Void) throws {
        let size = axes.shape.count
        switch type {
        case .uint8:
            let source = bytes.assumingMemoryBound(to: UInt8.self)
            guard axes.isChannelsLast else { return try body(axes.shape, .bytes(source)) }
            try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { planes in
                axes.arrange(source, planes.baseAddress!)
                try body(axes.shape, .bytes(planes.baseAddress!))
            }
        case .float(let width, let isBigEndian):
            try withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * size) { floats in
                let raw = UnsafeMutableBufferPointer(rebasing: floats[..<size]), planes = floats.baseAddress! + size
                Self.convert(bytes, width, isBigEndian, raw)
                guard rule.admit(raw) else { throw try error(FloatRule.problem(unlimited)) }
                axes.arrange(raw.baseAddress!, planes)
                try body(axes.shape, .floats(planes))
            }
        }
    }

    /// The same, whose floats are given as they are.
    private var unlimited: ArrayStorage { ArrayStorage(file, offset: offset, axes, type, .unlimited, error: error) }

    private static func convert(_ bytes: UnsafeRawPointer, _ width: Int, _ isBigEndian: Bool, _ result: UnsafeMutableBufferPointer<Float>) {
        func word<Word: FixedWidthInteger & BitwiseCopyable>(_ index: Int, _: Word.Type) -> Word {
            let word = bytes.loadUnaligned(fromByteOffset: index &* width, as: Word.self)
            return isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word)
        }
        switch width {
        case 2: for index in result.indices { result[index] = half(word(index, UInt16.self)) }
        case 4: for index in result.indices { result[index] = Float(bitPattern: word(index, UInt32.self)) }
        default: for index in result.indices { result[index] = Float(Double(bitPattern: word(index, UInt64.self))) }
        }
    }

    /// IEEE 754's half precision: a sign, five bits of exponent, ten of fraction.
    private static func half(_ bits: UInt16) -> Float {
        let sign: Float = bits >> 15 == 1 ? -1 : 1, exponent = Int(bits >> 10 & 31), fraction = Float(bits & 1023)
        switch exponent {
        case 0: return sign * fraction * 0x1p-24
        case 31: return fraction == 0 ? sign * .infinity : .nan
        default: return sign * (1024 + fraction) * Float(sign: .plus, exponent: exponent - 25, significand: 1)
        }
    }
}

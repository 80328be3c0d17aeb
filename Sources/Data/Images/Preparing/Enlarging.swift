import Tensors

/// 28 x 28 pixels made 32 x 32 exactly as Pillow's `resize((32, 32), BILINEAR)` does it: rows first, then columns, each rounded to 8 bits.
///
/// Pillow weighs pixels by a triangle around (i + 1/2) * 28/32 in fixed point of 22 bits. For these sizes every weight is a whole number of
/// sixteenths and the pattern repeats each 8 results, which come from 7 pixels s:
///
///     result[8g + j] = ((2j + 1) s[7g + j - 1] + (15 - 2j) s[7g + j] + 8) >> 4,    s[-1] = s[0], s[28] = s[27]
///
/// so that 16-bit integers give the same bits, eight results at a time.
enum Enlarging {
    static let from = 28
    static let to = 32
    /// What comes out.
    static let shape = ImageShape(channels: 1, height: to, width: to)
    private static let groups = to / 8

    /// Bytes that must be readable before and after the source, where border pixels weigh nothing.
    static let margin = 8

    /// Enlarges `count` images: `source` [count][28][28], with a `margin` on both sides, to `result` [count][32][32].
    static func apply(_ source: UnsafePointer<UInt8>, count: Int, to result: UnsafeMutablePointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: from * to) { buffer in
            let wide = buffer.baseAddress!
            for image in 0..<count {
                rows(source + image * from * from, wide)
                columns(wide, result + image * to * to)
            }
        }
    }

    /// One image `source` [28][28], with nothing readable around it, to `result` [32][32].
    static func apply(unmargined source: UnsafePointer<UInt8>, to result: UnsafeMutablePointer<UInt8>) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: from * from + 2 * margin) { buffer in
            let copy = buffer.baseAddress! + margin
            buffer.baseAddress!.update(repeating: 0, count: margin)
            copy.update(from: source, count: from * from)
            (copy + from * from).update(repeating: 0, count: margin)
            apply(copy, count: 1, to: result)
        }
    }

    /// `source` [28][28] to `result` [28][32].
    private static func rows(_ source: UnsafePointer<UInt8>, _ result: UnsafeMutablePointer<UInt8>) {
        for row in 0..<from {
            for group in 0..<groups {
                var left = SIMD8<UInt16>(1, 3, 5, 7, 9, 11, 13, 15)
                if group == 0 { left[0] = 0 }
                if group == groups - 1 { left[7] = 16 }
                let pixels = source + row * from + 7 * group
                mix(pixels - 1, pixels, left, result + row * to + 8 * group)
            }
        }
    }

    /// `source` [28][32] to `result` [32][32].
    private static func columns(_ source: UnsafePointer<UInt8>, _ result: UnsafeMutablePointer<UInt8>) {
        for row in 0..<to {
            let below = row - row / 8
            let upper = source + max(below - 1, 0) * to, lower = source + min(below, from - 1) * to
            for group in 0..<groups {
                mix(upper + 8 * group, lower + 8 * group, SIMD8(repeating: UInt16(2 * (row % 8) + 1)), result + row * to + 8 * group)
            }
        }
    }

    /// Eight results: `left` sixteenths of one pixel and the rest of another.
    @inline(__always)
    private static func mix(
        _ first: UnsafePointer<UInt8>, _ second: UnsafePointer<UInt8>, _ left: SIMD8<UInt16>, _ result: UnsafeMutablePointer<UInt8>
    ) {
        let first = SIMD8<UInt16>(truncatingIfNeeded: UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt8>.self))
        let second = SIMD8<UInt16>(truncatingIfNeeded: UnsafeRawPointer(second).loadUnaligned(as: SIMD8<UInt8>.self))
        let sum = first &* left &+ second &* (16 &- left) &+ 8
        UnsafeMutableRawPointer(result).storeBytes(of: SIMD8<UInt8>(truncatingIfNeeded: sum &>> 4), as: SIMD8<UInt8>.self)
    }
}

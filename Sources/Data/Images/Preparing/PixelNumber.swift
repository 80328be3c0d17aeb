/// A number of which images are made, and how Pillow resizes planes of such: its modes L and F.
protocol PixelNumber: BitwiseCopyable, Sendable {
    /// Each row of `source` [rows][table.from] to one of `result` [rows][table.to].
    static func resampleRows(_ source: UnsafePointer<Self>, _ rows: Int, _ table: ResampleTable, _ result: UnsafeMutablePointer<Self>)
    /// Each column of `source` [table.from][width] to one of `result` [table.to][width].
    static func resampleColumns(_ source: UnsafePointer<Self>, _ width: Int, _ table: ResampleTable, _ result: UnsafeMutablePointer<Self>)
    /// `source` [3][area] to its luma, `result` [area].
    static func gray(_ source: UnsafePointer<Self>, _ area: Int, _ result: UnsafeMutablePointer<Self>)
}

/// Sums of whole numbers in fixed point, each result rounded to a byte.
extension UInt8: PixelNumber {
    private static let half: Int32 = 1 << (ResampleTable.precision - 1)

    static func resampleRows(_ source: UnsafePointer<UInt8>, _ rows: Int, _ table: ResampleTable, _ result: UnsafeMutablePointer<UInt8>) {
        table.withFixed { starts, counts, weights in
            for row in 0..<rows {
                let line = source + row &* table.from, target = result + row &* table.to
                for x in 0..<table.to {
                    let pixels = line + Int(starts[x]), factors = weights + x &* table.stride
                    var sum = half
                    for index in 0..<Int(counts[x]) { sum &+= Int32(pixels[index]) &* factors[index] }
                    target[x] = UInt8(truncatingIfNeeded: Swift.min(sum >> ResampleTable.precision, 255))
                }
            }
        }
    }

    static func resampleColumns(_ source: UnsafePointer<UInt8>, _ width: Int, _ table: ResampleTable, _ result: UnsafeMutablePointer<UInt8>) {
        table.withFixed { starts, counts, weights in
            let whole = width / 16 * 16
            for y in 0..<table.to {
                let lines = source + Int(starts[y]) &* width, factors = weights + y &* table.stride, target = result + y &* width, count = Int(counts[y])
                for x in stride(from: 0, to: whole, by: 16) {
                    var sum = SIMD16<Int32>(repeating: half)
                    for index in 0..<count {
                        let bytes = UnsafeRawPointer(lines + index &* width + x).loadUnaligned(as: SIMD16<UInt8>.self)
                        sum &+= SIMD16<Int32>(truncatingIfNeeded: bytes) &* factors[index]
                    }
                    let levels = SIMD16<UInt8>(truncatingIfNeeded: pointwiseMin(sum &>> ResampleTable.precision, SIMD16(repeating: 255)))
                    UnsafeMutableRawPointer(target + x).storeBytes(of: levels, as: SIMD16<UInt8>.self)
                }
                for x in whole..<width {
                    var sum = half
                    for index in 0..<count { sum &+= Int32(lines[index &* width &+ x]) &* factors[index] }
                    target[x] = UInt8(truncatingIfNeeded: Swift.min(sum >> ResampleTable.precision, 255))
                }
            }
        }
    }

    /// ITU-R 601 luma in 16-bit fixed point, as Pillow's `convert("L")` has it.
    static func gray(_ source: UnsafePointer<UInt8>, _ area: Int, _ result: UnsafeMutablePointer<UInt8>) {
        for at in 0..<area {
            let sum = UInt32(source[at]) &* Luma.red &+ UInt32(source[area &+ at]) &* Luma.green &+ UInt32(source[2 &* area &+ at]) &* Luma.blue
            result[at] = UInt8(truncatingIfNeeded: (sum &+ 0x8000) >> 16)
        }
    }
}

/// Sums in double precision, each result rounded to float32.
extension Float: PixelNumber {
    static func resampleRows(_ source: UnsafePointer<Float>, _ rows: Int, _ table: ResampleTable, _ result: UnsafeMutablePointer<Float>) {
        table.withWeights { starts, counts, weights in
            for row in 0..<rows {
                let line = source + row &* table.from, target = result + row &* table.to
                for x in 0..<table.to {
                    let pixels = line + Int(starts[x]), factors = weights + x &* table.stride
                    var sum = 0.0
                    for index in 0..<Int(counts[x]) { sum += Double(pixels[index]) * factors[index] }
                    target[x] = Float(sum)
                }
            }
        }
    }

    static func resampleColumns(_ source: UnsafePointer<Float>, _ width: Int, _ table: ResampleTable, _ result: UnsafeMutablePointer<Float>) {
        table.withWeights { starts, counts, weights in
            let whole = width / 8 * 8
            for y in 0..<table.to {
                let lines = source + Int(starts[y]) &* width, factors = weights + y &* table.stride, target = result + y &* width, count = Int(counts[y])
                for x in stride(from: 0, to: whole, by: 8) {
                    var sum = SIMD8<Double>.zero
                    for index in 0..<count {
                        let numbers = UnsafeRawPointer(lines + index &* width + x).loadUnaligned(as: SIMD8<Float>.self)
                        sum += SIMD8<Double>(numbers) * factors[index]
                    }
                    UnsafeMutableRawPointer(target + x).storeBytes(of: SIMD8<Float>(sum), as: SIMD8<Float>.self)
                }
                for x in whole..<width {
                    var sum = 0.0
                    for index in 0..<count { sum += Double(lines[index &* width &+ x]) * factors[index] }
                    target[x] = Float(sum)
                }
            }
        }
    }

    /// The weights of `convert("L")`, without its rounding to levels.
    static func gray(_ source: UnsafePointer<Float>, _ area: Int, _ result: UnsafeMutablePointer<Float>) {
        for at in 0..<area {
            let sum = source[at] * Float(Luma.red) + source[area &+ at] * Float(Luma.green) + source[2 &* area &+ at] * Float(Luma.blue)
            result[at] = sum / 65536
        }
    }
}

/// What the colours weigh in an image's luma, in 65,536ths.
private enum Luma {
    static let red: UInt32 = 19595, green: UInt32 = 38470, blue: UInt32 = 7471
}

extension ResampleTable {
    fileprivate func withFixed(_ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Int32>) -> Void) { with(fixed, body) }
    fileprivate func withWeights(_ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Double>) -> Void) { with(weights, body) }

    private func with<Weight>(_ weights: [Weight], _ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Weight>) -> Void) {
        starts.withUnsafeBufferPointer { starts in
            counts.withUnsafeBufferPointer { counts in
                weights.withUnsafeBufferPointer { body(starts.baseAddress!, counts.baseAddress!, $0.baseAddress!) }
            }
        }
    }
}

/// 28 x 28 pixels on which a path leaves ink.
struct DigitCanvas {
    private static let side = Enlarging.from
    /// A row's pixels and room for eight beyond its end, since eight are drawn at a time.
    private static let stride = side + 8
    /// The ink at each pixel's middle, 0 none and 1 full; it does not add up where strokes cross.
    private var ink = [Float](repeating: 0, count: side * stride)
    private var bytes = [UInt8](repeating: 0, count: side * side + 2 * Enlarging.margin)

    /// Draws `path` and writes it to `result` [32][32]. The ink falls off over `softness` pixels at the edge.
    mutating func render(_ path: DigitPath, softness: Float, to result: UnsafeMutablePointer<UInt8>) {
        ink.withUnsafeMutableBufferPointer { ink in
            ink.update(repeating: 0)
            for piece in path.pieces { Self.stroke(piece, softness, ink.baseAddress!) }
            bytes.withUnsafeMutableBufferPointer { bytes in
                let image = bytes.baseAddress! + Enlarging.margin
                for row in 0..<Self.side {
                    for column in 0..<Self.side {
                        image[row &* Self.side &+ column] = UInt8(truncatingIfNeeded: Int32(255 * ink[row &* Self.stride &+ column] + 0.5))
                    }
                }
                Enlarging.apply(image, count: 1, to: result)
            }
        }
    }

    /// Leaves the ink of one piece: by the distance from its line to each pixel around it.
    private static func stroke(_ piece: DigitPath.Piece, _ softness: Float, _ ink: UnsafeMutablePointer<Float>) {
        let dx = piece.x1 - piece.x0, dy = piece.y1 - piece.y0
        let perSquare = 1 / max(dx * dx + dy * dy, 1e-12), perSoftness = 1 / softness
        let reach = piece.radius + softness / 2
        let columns = range(min(piece.x0, piece.x1) - reach, max(piece.x0, piece.x1) + reach)
        let zero = SIMD8<Float>(repeating: 0), one = SIMD8<Float>(repeating: 1)
        for row in range(min(piece.y0, piece.y1) - reach, max(piece.y0, piece.y1) + reach) {
            let y = Float(row) + 0.5 - piece.y0
            for column in Swift.stride(from: columns.lowerBound, to: columns.upperBound, by: 8) {
                let x = SIMD8<Float>(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) + (Float(column) - piece.x0)
                var along = (x * dx + y * dy) * perSquare
                along.replace(with: zero, where: along .< zero)
                along.replace(with: one, where: along .> one)
                let offX = x - along * dx, offY = y - along * dy
                var amount = (reach - (offX * offX + offY * offY).squareRoot()) * perSoftness
                amount.replace(with: one, where: amount .> one)
                let place = UnsafeMutableRawPointer(ink + row * stride + column)
                let present = place.loadUnaligned(as: SIMD8<Float>.self)
                place.storeBytes(of: present.replacing(with: amount, where: amount .> present), as: SIMD8<Float>.self)
            }
        }
    }

    /// The pixels whose middles can lie between `low` and `high`.
    private static func range(_ low: Float, _ high: Float) -> Range<Int> {
        let first = min(max(Int(low - 0.5), 0), side)
        return first..<min(max(Int(high + 0.5), first), side)
    }
}

/// 28 x 28 pixels on which a path leaves ink.
struct DigitCanvas {
    private static let side = Enlarging.from
    /// The ink at each pixel's middle, 0 none and 1 full; it does not add up where strokes cross.
    private var ink = [Float](repeating: 0, count: side * side)
    private var bytes = [UInt8](repeating: 0, count: side * side + 2 * Enlarging.margin)

    /// Draws `path` and writes it to `result` [32][32]. The ink falls off over `softness` pixels at the edge.
    mutating func render(_ path: DigitPath, softness: Float, to result: UnsafeMutablePointer<UInt8>) {
        ink.withUnsafeMutableBufferPointer { ink in
            ink.update(repeating: 0)
            for piece in path.pieces { Self.stroke(piece, softness, ink.baseAddress!) }
        }
        for index in ink.indices { bytes[Enlarging.margin + index] = UInt8(255 * ink[index] + 0.5) }
        bytes.withUnsafeBufferPointer { Enlarging.apply($0.baseAddress! + Enlarging.margin, count: 1, to: result) }
    }

    /// Leaves the ink of one piece: by the distance from its line to each pixel around it.
    private static func stroke(_ piece: DigitPath.Piece, _ softness: Float, _ ink: UnsafeMutablePointer<Float>) {
        let dx = piece.x1 - piece.x0, dy = piece.y1 - piece.y0
        let perSquare = 1 / max(dx * dx + dy * dy, 1e-12)
        let reach = piece.radius + softness / 2
        let columns = range(min(piece.x0, piece.x1) - reach, max(piece.x0, piece.x1) + reach)
        for row in range(min(piece.y0, piece.y1) - reach, max(piece.y0, piece.y1) + reach) {
            for column in columns {
                let x = Float(column) + 0.5 - piece.x0, y = Float(row) + 0.5 - piece.y0
                let along = min(max((x * dx + y * dy) * perSquare, 0), 1)
                let offX = x - along * dx, offY = y - along * dy
                let distance = (offX * offX + offY * offY).squareRoot()
                let amount = min((reach - distance) / softness, 1)
                ink[row * side + column] = max(ink[row * side + column], amount)
            }
        }
    }

    /// The pixels whose middles can lie between `low` and `high`.
    private static func range(_ low: Float, _ high: Float) -> Range<Int> {
        let first = min(max(Int(low - 0.5), 0), side)
        return first..<min(max(Int(high + 0.5), first), side)
    }
}

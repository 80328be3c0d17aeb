/// The pen's way in pixels of a 28 x 28 image, as short straight pieces.
struct DigitPath {
    struct Piece {
        var x0: Float
        var y0: Float
        var x1: Float
        var y1: Float
        /// Half the width of what the pen leaves.
        var radius: Float
    }

    private(set) var pieces: [Piece] = []
    private static let piecesBetweenNodes = 6

    /// One digit's way: a glyph with its nodes moved, bent, slanted, stretched and turned at random, then placed as MNIST's digits are: the longer
    /// side 20 pixels, the centre of mass in the middle.
    mutating func draw(_ digit: Int, _ random: inout DigitRandom) {
        pieces.removeAll(keepingCapacity: true)
        let ways = DigitGlyphs.ways[digit]
        let glyph = ways[random.index(below: ways.count)]
        let shake = 0.25 + 0.4 * random.uniform()
        let hand = Hand(&random)
        let radius = max(0.75, random.normal(1.3, 0.32)), change = random.normal(0, 0.12)
        for stroke in glyph {
            let nodes = stroke.map { node in
                hand.place(PenNode(x: node.x + random.normal(0, shake), y: node.y + random.normal(0, shake), turns: node.turns))
            }
            trace(nodes, radius: radius, change: change)
        }
        place(radius: radius, shiftX: random.normal(0, 0.3), shiftY: random.normal(0, 0.3))
    }

    /// A smooth way through `nodes`: cubic Hermite pieces, whose direction at a node is that between its neighbours; at the ends and where
    /// the pen turns it is free, so that two turns in a row are joined by a straight line.
    private mutating func trace(_ nodes: [PenNode], radius: Float, change: Float) {
        func isFree(_ index: Int) -> Bool { nodes[index].turns || index == 0 || index == nodes.count - 1 }
        func slope(_ index: Int) -> (Float, Float) {
            ((nodes[index + 1].x - nodes[index - 1].x) / 2, (nodes[index + 1].y - nodes[index - 1].y) / 2)
        }
        for index in 0..<nodes.count - 1 {
            let a = nodes[index], b = nodes[index + 1]
            let chord = (b.x - a.x, b.y - a.y)
            // A free end's direction makes the curvature there nothing.
            func free(_ other: (Float, Float)) -> (Float, Float) { (1.5 * chord.0 - other.0 / 2, 1.5 * chord.1 - other.1 / 2) }
            let from, to: (Float, Float)
            switch (isFree(index), isFree(index + 1)) {
            case (true, true): (from, to) = (chord, chord)
            case (true, false): (from, to) = (free(slope(index + 1)), slope(index + 1))
            case (false, true): (from, to) = (slope(index), free(slope(index)))
            case (false, false): (from, to) = (slope(index), slope(index + 1))
            }
            var last = (a.x, a.y)
            for step in 1...Self.piecesBetweenNodes {
                let t = Float(step) / Float(Self.piecesBetweenNodes), s = 1 - t
                let p = s * s * (1 + 2 * t), q = t * t * (1 + 2 * s), m = t * s * s, n = -t * t * s
                let next = (p * a.x + q * b.x + m * from.0 + n * to.0, p * a.y + q * b.y + m * from.1 + n * to.1)
                let along = (Float(index) + t) / Float(nodes.count - 1) - 0.5
                pieces.append(Piece(x0: last.0, y0: last.1, x1: next.0, y1: next.1, radius: radius * (1 + change * along)))
                last = next
            }
        }
    }

    /// Scales and moves the pieces: the longer side of the ink is 20 pixels and its centre of mass in the middle, but for a small shift,
    /// unless the ink would then come to the border.
    private mutating func place(radius: Float, shiftX: Float, shiftY: Float) {
        var (left, right, top, bottom): (Float, Float, Float, Float) = (.infinity, -.infinity, .infinity, -.infinity)
        var (massX, massY, mass): (Float, Float, Float) = (0, 0, 0)
        for piece in pieces {
            left = min(left, piece.x0, piece.x1)
            right = max(right, piece.x0, piece.x1)
            top = min(top, piece.y0, piece.y1)
            bottom = max(bottom, piece.y0, piece.y1)
            let (dx, dy) = (piece.x1 - piece.x0, piece.y1 - piece.y0)
            let length = (dx * dx + dy * dy).squareRoot()
            massX += length * (piece.x0 + piece.x1) / 2
            massY += length * (piece.y0 + piece.y1) / 2
            mass += length
        }
        let scale = (20 - 2 * radius) / max(right - left, bottom - top)
        let edge = radius + 1.5
        let moveX = min(max(14 + shiftX - scale * massX / mass, edge - scale * left), 28 - edge - scale * right)
        let moveY = min(max(14 + shiftY - scale * massY / mass, edge - scale * top), 28 - edge - scale * bottom)
        for index in pieces.indices {
            pieces[index].x0 = pieces[index].x0 * scale + moveX
            pieces[index].x1 = pieces[index].x1 * scale + moveX
            pieces[index].y0 = pieces[index].y0 * scale + moveY
            pieces[index].y1 = pieces[index].y1 * scale + moveY
        }
    }
}

/// How one writer's hand changes every shape.
private struct Hand {
    private let width, taper, bendX, bendY, slant: Float
    private let cosine, sine: Float

    init(_ random: inout DigitRandom) {
        width = max(0.55, random.normal(1.02, 0.2))
        taper = random.normal(0, 0.1)
        bendX = random.normal(0, 0.4)
        bendY = random.normal(0, 0.4)
        slant = random.normal(0.14, 0.2)
        // Half the angle's tangent gives both without a library's rounding.
        let half = random.normal(0, 0.05)
        cosine = (1 - half * half) / (1 + half * half)
        sine = 2 * half / (1 + half * half)
    }

    func place(_ node: PenNode) -> PenNode {
        let u = (node.x - 5) / 5, v = (node.y - 7) / 7
        let x = (5 * u * (1 + taper * v) + bendX * v * v) * width - 7 * v * slant
        let y = 7 * v + bendY * u * u
        return PenNode(x: cosine * x - sine * y, y: sine * x + cosine * y, turns: node.turns)
    }
}

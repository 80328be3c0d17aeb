import Platform

/// The mark of a point of data.
public struct Symbol: Sendable, Hashable {
    public enum Shape: Sendable, CaseIterable {
        case circle, square, triangle, plus, diamond, pentagon, cross, triangleDown, star, triangleLeft
    }

    public let shape: Shape
    /// The radius of the circle, to whose area the other shapes come close.
    public let radius: Double
    public let color: Color

    public init(_ shape: Shape, radius: Double, color: Color) { (self.shape, self.radius, self.color) = (shape, radius, color) }

    /// The corners around (0, 0); nil for the circle, which has none.
    var corners: [Point]? {
        switch shape {
        case .circle: nil
        case .square: polygon(4, 1.22, from: -3)
        case .triangle: polygon(3, 1.5, from: -6)
        case .triangleDown: polygon(3, 1.5, from: 6)
        case .triangleLeft: polygon(3, 1.5, from: 12)
        case .diamond: polygon(4, 1.3, from: -6)
        case .pentagon: polygon(5, 1.2, from: -6)
        case .star: (0..<10).map { corner(Double($0) * 2.4 - 6, $0 % 2 == 0 ? 1.6 : 0.7) }
        case .plus: bars(turned: 0)
        case .cross: bars(turned: 3)
        }
    }

    /// A regular polygon; angles in 24ths of a turn, clockwise from the right.
    private func polygon(_ count: Int, _ size: Double, from angle: Double) -> [Point] {
        (0..<count).map { corner(angle + Double($0) * 24 / Double(count), size) }
    }

    private func corner(_ angle: Double, _ size: Double) -> Point {
        Point(radius * size * cos(angle * .pi / 12), radius * size * sin(angle * .pi / 12))
    }

    /// Two crossed bars, three times as long as wide.
    private func bars(turned angle: Double) -> [Point] {
        let (long, short) = (1.35, 0.45), size = (long * long + short * short).squareRoot(), tip = atan2(short, long) * 12 / .pi
        return (0..<4).flatMap { arm in
            let middle = angle + Double(arm) * 6
            return [corner(middle - tip, size), corner(middle + tip, size), corner(middle + 3, short * 2.0.squareRoot())]
        }
    }
}

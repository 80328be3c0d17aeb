/// A place in a drawing: x to the right, y down, in units of which a PNG has `scale` pixels and an SVG's own size has one pixel.
public struct Point: Sendable, Hashable {
    public var x: Double, y: Double

    public init(_ x: Double, _ y: Double) { (self.x, self.y) = (x, y) }
}

public struct Size: Sendable, Equatable {
    public var width: Double, height: Double

    public init(_ width: Double, _ height: Double) { (self.width, self.height) = (width, height) }
}

/// A rectangle with its corner at the top left.
public struct Rectangle: Sendable, Equatable {
    public var x: Double, y: Double, width: Double, height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    var maxX: Double { x + width }
    var maxY: Double { y + height }
    var midX: Double { x + width / 2 }
    var midY: Double { y + height / 2 }
    var corners: [Point] { [Point(x, y), Point(maxX, y), Point(maxX, maxY), Point(x, maxY)] }

    func intersects(_ other: Rectangle) -> Bool { x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY }
}

/// Room on the four sides of a rectangle.
public struct Insets: Sendable, Equatable {
    public var top: Double, left: Double, bottom: Double, right: Double

    public init(top: Double = 0, left: Double = 0, bottom: Double = 0, right: Double = 0) {
        (self.top, self.left, self.bottom, self.right) = (top, left, bottom, right)
    }

    /// Room enough for both.
    func union(_ other: Insets) -> Insets {
        Insets(top: max(top, other.top), left: max(left, other.left), bottom: max(bottom, other.bottom), right: max(right, other.right))
    }
}

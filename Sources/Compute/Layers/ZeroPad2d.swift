/// Zeros around a map, as torch.nn.ZeroPad2d; negative numbers cut rows and columns off.
public struct ZeroPad2d: LayerDescription {
    public static let type = "ZeroPad2d"
    public let left: Int, right: Int, top: Int, bottom: Int

    public init(left: Int, right: Int, top: Int, bottom: Int) { (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom) }

    public init(_ arguments: inout ArgumentList) throws(LayerError) {
        let sides = try arguments.shape("padding", counts: 4...4, least: -ArgumentList.largest)
        (left, right, top, bottom) = sides.count == 1 ? (sides[0], sides[0], sides[0], sides[0]) : (sides[0], sides[1], sides[2], sides[3])
    }

    public var arguments: [LayerArgument] { [.tuple([left, right, top, bottom])] }

    public func outputShape(of input: [Int]) throws(LayerError) -> [Int] {
        guard input.count == 3 else { throw LayerError("ZeroPad2d takes [channels, height, width], not \(input)") }
        let sides = [input[1] + top + bottom, input[2] + left + right]
        guard sides.allSatisfy({ $0 > 0 }) else { throw LayerError("ZeroPad2d leaves nothing of \(input)") }
        return [input[0]] + sides
    }

    public func operation(input: [Int]) -> (any Operation)? {
        let (height, width) = (input[1], input[2])
        let places = (-top..<height + bottom).flatMap { y in
            (-left..<width + right).map { x in (0..<height).contains(y) && (0..<width).contains(x) ? Int32(y * width + x) : -1 }
        }
        return PlacementOperation(parts: input[0], inputs: height * width, places: places)
    }
}

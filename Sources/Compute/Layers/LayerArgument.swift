/// One argument of a layer in its text, as Python writes it: `8`, `kernel_size=3`, `stride=(2, 1)`, `bias=False`, `mode='nearest'`.
public struct LayerArgument: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case integer(Int)
        case number(Double)
        case boolean(Bool)
        case text(String)
        /// None.
        case nothing
        case tuple([Value])

        /// As Python prints it.
        var text: String {
            switch self {
            case .integer(let value): String(value)
            case .number(let value): "\(value)"
            case .boolean(let value): value ? "True" : "False"
            case .text(let value): "'\(value)'"
            case .nothing: "None"
            case .tuple(let values): "(\(values.map(\.text).joined(separator: ", "))\(values.count == 1 ? "," : ""))"
            }
        }
    }

    public let name: String?
    public let value: Value

    public static func integer(_ value: Int, _ name: String? = nil) -> Self { Self(name: name, value: .integer(value)) }
    public static func number(_ value: Double, _ name: String? = nil) -> Self { Self(name: name, value: .number(value)) }
    public static func boolean(_ value: Bool, _ name: String) -> Self { Self(name: name, value: .boolean(value)) }
    public static func text(_ value: String, _ name: String) -> Self { Self(name: name, value: .text(value)) }
    public static func tuple(_ values: [Int], _ name: String? = nil) -> Self { Self(name: name, value: .tuple(values.map { .integer($0) })) }

    /// One number where both sides are equal.
    public static func pair(_ pair: Pair, _ name: String) -> Self {
        pair.height == pair.width ? .integer(pair.height, name) : .tuple([pair.height, pair.width], name)
    }

    var text: String { name.map { "\($0)=\(value.text)" } ?? value.text }
}

/// Height and width of a kernel, a stride, a padding. In a layer's text one number stands for both.
public struct Pair: Sendable, Hashable, ExpressibleByIntegerLiteral {
    public let height: Int, width: Int

    public init(_ height: Int, _ width: Int) { (self.height, self.width) = (height, width) }
    public init(integerLiteral side: Int) { self.init(side, side) }

    /// [height, width].
    public var sides: [Int] { [height, width] }
}

/// The arguments of a layer, taken one by one, each by its place or by its name, as Python does.
public struct ArgumentList {
    private let type: String
    private var arguments: [LayerArgument]

    /// The largest size that an argument may have; products of three stay within Int.
    public static let largest = 1 << 20

    init(type: String, arguments: [LayerArgument]) {
        (self.type, self.arguments) = (type, arguments)
    }

    /// The next argument without a name, or the one called `name`, in 1...`largest` (or from `least`); `fallback` where there is none.
    public mutating func integer(_ name: String, least: Int = 1, default fallback: Int? = nil) throws(LayerError) -> Int {
        guard let value = take(name) else {
            if let fallback { return fallback }
            throw LayerError("\(type) lacks \(name)")
        }
        return try integer(value, name, least)
    }

    private func integer(_ value: LayerArgument.Value, _ name: String, _ least: Int) throws(LayerError) -> Int {
        guard case .integer(let integer) = value else { throw LayerError("\(type): \(name) must be an integer") }
        guard integer >= least, integer <= Self.largest else {
            throw LayerError("\(type): \(name) is \(integer), not within \(least)...\(Self.largest)")
        }
        return integer
    }

    /// nil where there is none, or None.
    public mutating func optionalInteger(_ name: String) throws(LayerError) -> Int? {
        guard let value = take(name), value != .nothing else { return nil }
        return try integer(value, name, 1)
    }

    /// A number, by default any that a float holds.
    public mutating func number(_ name: String, in range: ClosedRange<Double> = -1e30...1e30,
                                default fallback: Double? = nil) throws(LayerError) -> Double {
        guard let value = take(name) else {
            if let fallback { return fallback }
            throw LayerError("\(type) lacks \(name)")
        }
        return try number(value, name, range)
    }

    /// The same, or nil for None.
    public mutating func optionalNumber(_ name: String, in range: ClosedRange<Double>, default fallback: Double) throws(LayerError) -> Double? {
        guard let value = take(name) else { return fallback }
        return value == .nothing ? nil : try number(value, name, range)
    }

    private func number(_ value: LayerArgument.Value, _ name: String, _ range: ClosedRange<Double>) throws(LayerError) -> Double {
        let number: Double
        switch value {
        case .integer(let integer): number = Double(integer)
        case .number(let value): number = value
        default: throw LayerError("\(type): \(name) must be a number")
        }
        guard range.contains(number) else { throw LayerError("\(type): \(name) is \(number), not within \(range.lowerBound)...\(range.upperBound)") }
        return number
    }

    public mutating func boolean(_ name: String, default fallback: Bool) throws(LayerError) -> Bool {
        guard let value = take(name) else { return fallback }
        return try boolean(value, name)
    }

    /// nil where there is none, or None.
    public mutating func optionalBoolean(_ name: String) throws(LayerError) -> Bool? {
        guard let value = take(name), value != .nothing else { return nil }
        return try boolean(value, name)
    }

    private func boolean(_ value: LayerArgument.Value, _ name: String) throws(LayerError) -> Bool {
        guard case .boolean(let boolean) = value else { throw LayerError("\(type): \(name) must be True or False") }
        return boolean
    }

    /// One of some words, the first where there is none.
    public mutating func text(_ name: String, of choices: [String]) throws(LayerError) -> String {
        guard let value = take(name) else { return choices[0] }
        guard case .text(let text) = value, choices.contains(text) else {
            throw LayerError("\(type): \(name) is \(value.text), not \(choices.map { "'\($0)'" }.joined(separator: " or "))")
        }
        return text
    }

    /// An integer for both sides or a tuple of two; `fallback` also for None.
    public mutating func pair(_ name: String, least: Int = 1, default fallback: Pair? = nil) throws(LayerError) -> Pair {
        guard let value = take(name), value != .nothing || fallback == nil else {
            if let fallback { return fallback }
            throw LayerError("\(type) lacks \(name)")
        }
        let sides = try sides(value, name)
        return Pair(try integer(sides[0], name, least), try integer(sides[1], name, least))
    }

    /// The same, with sides that may be None; nil where there is no such argument.
    public mutating func optionalSides(_ name: String) throws(LayerError) -> [Int?]? {
        guard let value = take(name), value != .nothing else { return nil }
        var read: [Int?] = []
        for side in try sides(value, name) { read.append(side == .nothing ? nil : try integer(side, name, 1)) }
        return read
    }

    /// Numbers above 0 for both sides; nil where there is no such argument.
    public mutating func factors(_ name: String) throws(LayerError) -> [Double]? {
        guard let value = take(name), value != .nothing else { return nil }
        var factors: [Double] = []
        for side in try sides(value, name) {
            factors.append(try number(side, name, 1e-6...Double(Self.largest)))
        }
        return factors
    }

    private func sides(_ value: LayerArgument.Value, _ name: String) throws(LayerError) -> [LayerArgument.Value] {
        guard case .tuple(let values) = value else { return [value, value] }
        guard values.count == 2 else { throw LayerError("\(type): \(name) has \(values.count) numbers, not 2") }
        return values
    }

    /// An integer, or a tuple of up to three, from `least`: as many as `counts` allow.
    public mutating func shape(_ name: String, counts: ClosedRange<Int> = 1...3, least: Int = 1) throws(LayerError) -> [Int] {
        guard let value = take(name) else { throw LayerError("\(type) lacks \(name)") }
        var shape: [Int] = []
        guard case .tuple(let values) = value else { return [try integer(value, name, least)] }
        for value in values { shape.append(try integer(value, name, least)) }
        guard counts.contains(shape.count) else {
            let wanted = counts.count == 1 ? "\(counts.lowerBound)" : "\(counts.lowerBound) to \(counts.upperBound)"
            throw LayerError("\(type): \(name) has \(shape.count) numbers, not \(wanted)")
        }
        return shape
    }

    /// All arguments that are left, as a shape of at most three axes.
    public mutating func shape() throws(LayerError) -> [Int] {
        var shape: [Int] = []
        while !arguments.isEmpty { shape.append(try integer("axis \(shape.count)")) }
        guard (1...3).contains(shape.count) else { throw LayerError("\(type) takes a shape of one to three axes, not \(shape.count)") }
        return shape
    }

    /// Whether a tuple is left.
    var holdsTuple: Bool {
        arguments.contains { if case .tuple = $0.value { true } else { false } }
    }

    /// `inplace`, which says how PyTorch goes about its memory, and nothing of the result.
    mutating func skipInplace() throws(LayerError) { _ = try boolean("inplace", default: false) }

    /// An argument of PyTorch's that has one value here.
    mutating func expect(_ name: String, _ only: LayerArgument.Value) throws(LayerError) {
        guard let value = take(name), value != only else { return }
        throw LayerError("\(type) takes \(name)=\(only.text) alone, not \(value.text)")
    }

    /// Throws where arguments are left over.
    func finish() throws(LayerError) {
        if let left = arguments.first { throw LayerError("\(type) does not take \(left.text)") }
    }

    private mutating func take(_ name: String) -> LayerArgument.Value? {
        if let first = arguments.first, first.name == nil { return arguments.removeFirst().value }
        guard let index = arguments.firstIndex(where: { $0.name == name }) else { return nil }
        return arguments.remove(at: index).value
    }
}

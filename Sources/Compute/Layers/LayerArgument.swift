/// One argument of a layer in its text: `8`, `kernel_size=3`, `bias=False`.
public struct LayerArgument: Sendable, Equatable {
    public enum Value: Sendable, Equatable {
        case integer(Int)
        case boolean(Bool)
    }

    public let name: String?
    public let value: Value

    public static func integer(_ value: Int, _ name: String? = nil) -> Self { Self(name: name, value: .integer(value)) }
    public static func boolean(_ value: Bool, _ name: String) -> Self { Self(name: name, value: .boolean(value)) }

    var text: String {
        let written = switch value {
        case .integer(let value): String(value)
        case .boolean(let value): value ? "True" : "False"
        }
        return name.map { "\($0)=\(written)" } ?? written
    }
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
        guard case .integer(let integer) = value else { throw LayerError("\(type): \(name) must be an integer") }
        guard integer >= least, integer <= Self.largest else {
            throw LayerError("\(type): \(name) is \(integer), not within \(least)...\(Self.largest)")
        }
        return integer
    }

    public mutating func boolean(_ name: String, default fallback: Bool) throws(LayerError) -> Bool {
        guard let value = take(name) else { return fallback }
        guard case .boolean(let boolean) = value else { throw LayerError("\(type): \(name) must be True or False") }
        return boolean
    }

    /// All arguments that are left, as a shape of at most three axes.
    public mutating func shape() throws(LayerError) -> [Int] {
        var shape: [Int] = []
        while !arguments.isEmpty { shape.append(try integer("axis \(shape.count)")) }
        guard (1...3).contains(shape.count) else { throw LayerError("\(type) takes a shape of one to three axes, not \(shape.count)") }
        return shape
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

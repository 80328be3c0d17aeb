/// One row of the schema: an element that a file may or must hold.
public struct SchemaElement: Sendable, Equatable {
    public enum ElementKind: Sendable, Equatable {
        case group
        /// Element types of which a dataset has one, and its axes: numbers, or letters for sizes that the elements of one group share; nil for any.
        case dataset([String], [String]?)
    }

    /// An attribute: an element type, and the axes; [] for a scalar.
    public struct Attribute: Sendable, Equatable {
        public let name: String, type: String, shape: [String]
        public var values = SchemaValues.any
        /// Whether an element may lack it.
        public var isOptional = false

        /// The same, which an element may lack.
        var optional: Self {
            var attribute = self
            attribute.isOptional = true
            return attribute
        }
    }

    /// The path, with `<name>` for any name, `<split>` for a split of a data set, and `<epoch>` for an epoch's number.
    public let path: String
    public let kind: ElementKind
    public let encoding: Schema.Encoding
    /// Whether each parent has it.
    public let required: Bool
    public let attributes: [Attribute]
    /// What a dataset's elements may be.
    public let values: SchemaValues

    static func group(_ path: String, _ encoding: Schema.Encoding, required: Bool = false, _ attributes: [Attribute] = []) -> Self {
        Self(path: path, kind: .group, encoding: encoding, required: required, attributes: attributes, values: .any)
    }

    static func dataset(_ path: String, _ types: [String], _ shape: [String]?, required: Bool = true, encoding: Schema.Encoding = .array,
                        _ values: SchemaValues = .any) -> Self {
        Self(path: path, kind: .dataset(types, shape), encoding: encoding, required: required, attributes: [], values: values)
    }
}

/// What the values of an attribute or a dataset may be.
public enum SchemaValues: Sendable, Equatable {
    case any
    /// Numbers, neither NaN nor infinite.
    case finite
    /// Finite numbers from the first to the second; nil for no bound.
    case range(Double, Double?)
    case choices([String])

    static func range(_ range: ClosedRange<Int>) -> Self { .range(Double(range.lowerBound), Double(range.upperBound)) }
    static func atLeast(_ least: Double) -> Self { .range(least, nil) }
    static func choices<Value: RawRepresentable<String> & CaseIterable>(_ type: Value.Type) -> Self { .choices(type.allCases.map(\.rawValue)) }

    /// Whether a number is one of them; a text is none.
    func admits(_ number: Double) -> Bool {
        switch self {
        case .any: true
        case .finite: number.isFinite
        case .range(let least, let greatest): number.isFinite && number >= least && number <= greatest ?? .infinity
        case .choices: false
        }
    }
}

extension SchemaValues: CustomStringConvertible {
    /// What a message says that they are.
    public var description: String {
        switch self {
        case .any: "any"
        case .finite: "finite"
        case .range(let least, let greatest): "within \(Self.text(least))...\(greatest.map(Self.text) ?? "")"
        case .choices(let texts): "one of \(texts.joined(separator: ", "))"
        }
    }

    /// Whole numbers without a fraction.
    static func text(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}

extension SchemaElement.Attribute {
    static func text(_ name: String, _ values: SchemaValues = .any) -> Self { Self(name: name, type: "text", shape: [], values: values) }
    static func texts(_ name: String) -> Self { Self(name: name, type: "text", shape: ["n"]) }
    static func integer(_ name: String, _ values: SchemaValues = .any) -> Self { Self(name: name, type: "int64", shape: [], values: values) }
    static func number(_ name: String, _ values: SchemaValues = .finite) -> Self { Self(name: name, type: "float64", shape: [], values: values) }
    static func digest(_ name: String) -> Self { Self(name: name, type: "uint8", shape: ["32"]) }
}

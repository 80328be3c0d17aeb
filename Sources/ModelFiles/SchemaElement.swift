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
    }

    /// The path, with `<name>` for any name, `<split>` for a split of a data set, and `<epoch>` for an epoch's number.
    public let path: String
    public let kind: ElementKind
    public let encoding: Schema.Encoding
    /// Whether each parent has it.
    public let required: Bool
    public let attributes: [Attribute]

    static func group(_ path: String, _ encoding: Schema.Encoding, required: Bool = false, _ attributes: [Attribute] = []) -> Self {
        Self(path: path, kind: .group, encoding: encoding, required: required, attributes: attributes)
    }

    static func dataset(_ path: String, _ types: [String], _ shape: [String]?, required: Bool = true, encoding: Schema.Encoding = .array) -> Self {
        Self(path: path, kind: .dataset(types, shape), encoding: encoding, required: required, attributes: [])
    }
}

extension SchemaElement.Attribute {
    static func text(_ name: String) -> Self { Self(name: name, type: "text", shape: []) }
    static func texts(_ name: String) -> Self { Self(name: name, type: "text", shape: ["n"]) }
    static func integer(_ name: String) -> Self { Self(name: name, type: "int64", shape: []) }
    static func number(_ name: String) -> Self { Self(name: name, type: "float64", shape: []) }
    static func digest(_ name: String) -> Self { Self(name: name, type: "uint8", shape: ["32"]) }
}

import HDF5Types

/// A group or a dataset of a verified file.
public struct VerifiedObject: Sendable {
    /// What an object is.
    public enum Kind: Sendable {
        case group
        case dataset(VerifiedDataset)
    }

    /// The path from the file's root, such as `/model/weights`.
    public let path: String
    public let kind: Kind
    /// The attributes in the order of their names' bytes.
    public let attributes: [VerifiedAttribute]

    /// The dataset, nil for a group.
    public var dataset: VerifiedDataset? { if case .dataset(let dataset) = kind { dataset } else { nil } }

    /// The attribute `name`, nil for none.
    public func attribute(_ name: String) -> VerifiedAttribute? { attributes.first { $0.name == name } }
}

/// The elements of a dataset: their type, number and place.
public struct VerifiedDataset: Sendable {
    public let type: ElementType
    /// The dimensions, the slowest first; [] for a scalar.
    public let shape: [Int]
    /// Where the elements are, in bytes of the file; empty for a dataset of none. Rows are in row-major order.
    public let extent: Range<Int>
}

import Networks
import ToolSupport

/// The classes that a conditional network decodes a vector with.
enum Labels {
    /// The network takes none.
    case none
    case one(UInt16)
    /// Each vector with every class: a row of so many images.
    case all(Int)
    /// Each vector with a class of its own.
    case own([UInt16])

    /// What `--label` asks for.
    ///
    /// - Parameter own: the vectors' own classes, which serve where the option is missing; nil for none.
    init(_ option: String?, of network: ModelDescription, _ model: String, own: [UInt16]?) throws {
        let classes = network.classes, name = network.architecture
        guard network.isConditional else {
            guard option == nil else { throw ToolError.usage("\(model) is not conditional (\(name)): it takes no --label") }
            self = .none
            return
        }
        switch option {
        case "all": self = .all(classes)
        case let text?:
            guard let label = UInt16(NegativeNumbers.restore(text)), label < classes else {
                throw ToolError.usage("--label is \(text), neither a class of 0 to \(classes - 1) nor all")
            }
            self = .one(label)
        case nil:
            guard let own else { throw ToolError.usage("\(model) is conditional (\(name)): --label says which class, 0 to \(classes - 1) or all") }
            if let label = own.first(where: { $0 >= classes }) { throw ToolError(.badData, "\(model):/latents: has label \(label) of \(classes) classes") }
            self = .own(own)
        }
    }

    /// Images of one vector.
    var perVector: Int { if case .all(let classes) = self { classes } else { 1 } }

    /// The columns that show one vector a row; nil where there is one image a vector.
    var columns: Int? { if case .all(let classes) = self { classes } else { nil } }

    /// The labels of some images; nil where the network takes none.
    func of(_ images: Range<Int>) -> [UInt16]? {
        switch self {
        case .none: nil
        case .one(let label): images.map { _ in label }
        case .all(let classes): images.map { UInt16($0 % classes) }
        case .own(let labels): Array(labels[images])
        }
    }
}

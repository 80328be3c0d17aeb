import HDF5Types

/// What the messages of one object's header say.
struct ObjectParts {
    private(set) var links: [Link] = []
    private(set) var attributes: [VerifiedAttribute] = []
    private(set) var space: Dataspace?, type: ElementType?, layout: Layout?
    /// The kinds met, but for those that an object may have several of.
    private var met: Kinds = [], linkNames: Set<String> = [], attributeNames: Set<String> = []

    /// Takes in the next message.
    mutating func add(_ message: Message) throws(Rule) {
        let body = message.body
        switch message.kind {
        case .empty: if !body.isZero { throw .unusedBytes }
        // Its block's messages are in the list already.
        case .continuation: break
        case .link:
            let link = try Link(body)
            guard linkNames.insert(link.name).inserted else { throw .linkNameTwice }
            links.append(link)
        case .attribute:
            let attribute = try VerifiedAttribute(body)
            guard attributeNames.insert(attribute.name).inserted else { throw .attributeNameTwice }
            attributes.append(attribute)
        default:
            guard met.insert(Kinds(message.kind)).inserted else { throw .messageTwice }
            try addSingle(message)
        }
    }

    /// Takes in a message of a kind that an object has at most one of.
    private mutating func addSingle(_ message: Message) throws(Rule) {
        let body = message.body
        switch message.kind {
        case .dataspace: space = try Dataspace(body)
        case .datatype: type = try ElementType(body)
        case .layout: layout = try Layout(body)
        case .fillValue: try FillValue.check(body)
        case .linkInfo: try GroupMessages.checkLinkInfo(body)
        case .groupInfo: try GroupMessages.checkGroupInfo(body)
        case .attributeInfo: try GroupMessages.checkAttributeInfo(body)
        case .empty, .link, .attribute, .continuation: preconditionFailure("\(message.kind) is no single message")
        }
    }

    /// The kinds of messages that a group and a dataset have, but for attributes.
    private static let ofGroup = Kinds(.linkInfo, .groupInfo), ofDataset = Kinds(.dataspace, .datatype, .layout, .fillValue)

    /// Whether the object is a dataset, with all that one needs, or a group; throws for anything else, such as a type with a name.
    func isDataset() throws(Rule) -> Bool {
        switch met.subtracting(Kinds(.attributeInfo)) {
        case Self.ofGroup: return false
        case Self.ofDataset where links.isEmpty: return true
        default: throw .objectKind
        }
    }
}

/// A set of kinds of messages.
private struct Kinds: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(_ kinds: Message.Kind...) { rawValue = kinds.reduce(0) { $0 | 1 << UInt32($1.rawValue) } }
}

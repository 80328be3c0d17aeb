
/// Finds the schema's element for a path.
struct SchemaTree: Sendable {
    private let element: SchemaElement?
    private let members: [String: SchemaTree]

    static let whole = SchemaTree(Schema.elements.map { (Self.names($0.path)[...], $0) })

    /// The tree of elements, each under the names that are left of its path.
    private init(_ elements: [(names: ArraySlice<String>, element: SchemaElement)]) {
        element = elements.first { $0.names.isEmpty }?.element
        let groups = Dictionary(grouping: elements.filter { !$0.names.isEmpty }) { $0.names.first!.hasPrefix("<") ? Self.any : $0.names.first! }
        members = groups.mapValues { SchemaTree($0.map { ($0.names.dropFirst(), $0.element) }) }
    }

    /// What stands for any name; no name of HDF5's has a slash.
    private static let any = "/"
    private static func names(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    private func node(_ path: String) -> SchemaTree? {
        var node: SchemaTree? = self
        for name in Self.names(path) { node = node?.members[name] ?? node?.members[Self.any] }
        return node
    }

    /// The element that the object at `path` is; nil for one that this schema does not know.
    func element(at path: String) -> SchemaElement? { node(path)?.element }

    /// The names of the members that the group at `path` must have.
    func required(in path: String) -> [String] {
        (node(path)?.members ?? [:]).filter { $0.value.element?.required ?? false }.map(\.key).sorted()
    }
}

/// The sizes that datasets of a group share, as they are met.
struct SharedSizes {
    private var sizes: [String: [String: (size: Int, dataset: String)]] = [:]

    /// What is wrong with the shape of the dataset at `path`, whose schema has `axes`; nil where nothing is.
    mutating func flaw(_ shape: [Int], _ axes: [String], at path: String) -> String? {
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]), wrong = "has shape \(shape), not [\(axes.joined(separator: ", "))]"
        guard shape.count == axes.count else { return wrong }
        for (size, axis) in zip(shape, axes) {
            if let expected = Int(axis) {
                if size != expected { return wrong }
            } else if let known = sizes[parent]?[axis] {
                if size != known.size { return "has shape \(shape), but \(axis) is \(known.size) in \(known.dataset)" }
            } else {
                sizes[parent, default: [:]][axis] = (size, path)
            }
        }
        return nil
    }
}

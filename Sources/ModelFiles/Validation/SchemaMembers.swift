import HDF5Verifier

/// Finds the schema's element for each object of a file, and notes the sizes that the datasets of a group share.
struct SchemaMembers {
    /// A place in the tree of the schema's paths.
    private final class Node {
        var element: SchemaElement?
        var members: [String: Node] = [:]
        /// What stands for any name.
        var any: Node?

        func node(_ name: String) -> Node {
            if name.hasPrefix("<") {
                if any == nil { any = Node() }
                return any!
            }
            if members[name] == nil { members[name] = Node() }
            return members[name]!
        }
    }

    private let tree = Node()
    private let paths: Set<String>
    private var sizes: [String: [String: (size: Int, dataset: String)]] = [:]

    init(_ file: VerifiedFile) {
        paths = Set(file.objects.map(\.path))
        for element in Schema.elements {
            Self.names(element.path).reduce(tree) { $0.node($1) }.element = element
        }
    }

    private static func names(_ path: String) -> [String] { path.split(separator: "/").map(String.init) }

    /// The element that the object at `path` is; nil for one that this schema does not know.
    func element(at path: String) -> SchemaElement? { node(path)?.element }

    /// The required members of the group at `path` that are not there.
    func missing(in path: String) -> [SchemaElement] {
        let required = node(path)?.members.values.compactMap(\.element).filter(\.required) ?? []
        let missing = required.filter { !paths.contains((path == "/" ? "" : path) + "/" + (Self.names($0.path).last ?? "")) }
        return missing.sorted { $0.path < $1.path }
    }

    private func node(_ path: String) -> Node? {
        var node: Node? = tree
        for name in Self.names(path) { node = node?.members[name] ?? node?.any }
        return node
    }

    /// What is wrong with the shape of the dataset at `path`, whose schema has `axes`; nil where nothing is.
    mutating func shapeFlaw(_ shape: [Int], _ axes: [String], at path: String) -> String? {
        let parent = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        guard shape.count == axes.count else { return "has shape \(shape), not [\(axes.joined(separator: ", "))]" }
        for (size, axis) in zip(shape, axes) {
            if let expected = Int(axis) {
                if size != expected { return "has shape \(shape), not [\(axes.joined(separator: ", "))]" }
            } else if let known = sizes[parent]?[axis] {
                if size != known.size { return "has shape \(shape), but \(axis) is \(known.size) in \(known.dataset)" }
            } else {
                sizes[parent, default: [:]][axis] = (size, path)
            }
        }
        return nil
    }
}

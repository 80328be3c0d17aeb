import SystemFiles
import Texts

/// A value in a YAML file, and where it stands. What it is asked for and is not, it throws as a `YAMLError` with its line.
public struct YAMLNode: Sendable {
    public indirect enum Content: Sendable {
        case scalar(String)
        case sequence([YAMLNode])
        /// In the file's order; keys are different.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    public let content: Content
    public let path: String
    /// From 1.
    public let line: Int

    init(_ content: Content, path: String, line: Int) { (self.content, self.path, self.line) = (content, path, line) }

    public func error(_ problem: String) -> YAMLError { YAMLError(path, line: line, problem) }

    /// A scalar's text. `what` names the value in a message.
    public func text(_ what: String) throws(YAMLError) -> String {
        guard case .scalar(let text) = content else { throw error("\(what) is a list or a mapping, not one value") }
        return text
    }

    public func integer(_ what: String, in range: ClosedRange<Int>) throws(YAMLError) -> Int {
        let text = try text(what)
        guard let value = Int(text) else { throw error("\(what) is '\(text.shown)', not a whole number") }
        guard range.contains(value) else { throw error("\(what) is \(value), not within \(range.lowerBound) to \(range.upperBound)") }
        return value
    }

    /// A finite number for which `condition` holds; `wanted` says which those are.
    public func number(_ what: String, _ wanted: String = "a number", where condition: (Double) -> Bool = { _ in true }) throws(YAMLError) -> Double {
        let text = try text(what)
        guard let value = Double(text), value.isFinite, condition(value) else { throw error("\(what) is '\(text.shown)', not \(wanted)") }
        return value
    }

    /// The items of a list; a single value is a list of one. Throws for a mapping, and for an empty list.
    public func items(_ what: String) throws(YAMLError) -> [YAMLNode] {
        switch content {
        case .scalar: return [self]
        case .sequence(let items) where !items.isEmpty: return items
        case .sequence: throw error("\(what) is an empty list")
        case .mapping: throw error("\(what) is a mapping, not a list")
        }
    }

    /// A mapping whose keys are all among `keys`.
    public func mapping(_ what: String, keys: [String]) throws(YAMLError) -> YAMLMapping {
        guard case .mapping(let pairs) = content else { throw error("\(what) is no mapping of \(keys.joined(separator: ", "))") }
        var values: [String: YAMLNode] = [:]
        for (key, value) in pairs {
            let name = try key.text("a key")
            guard keys.contains(name) else { throw key.error("\(what) has no key '\(name.shown)'; it may have \(keys.joined(separator: ", "))") }
            values[name] = value
        }
        return YAMLMapping(node: self, what: what, values: values)
    }
}

/// The values of a mapping by their keys.
public struct YAMLMapping: Sendable {
    public let node: YAMLNode
    let what: String
    let values: [String: YAMLNode]

    /// Nil where the key is missing.
    public subscript(_ key: String) -> YAMLNode? { values[key] }

    public func required(_ key: String) throws(YAMLError) -> YAMLNode {
        guard let value = values[key] else { throw node.error("\(what) lacks \(key)") }
        return value
    }
}

extension String {
    /// Text from a file, printable and not too long.
    public var shown: String { count <= 40 ? printable : String(prefix(39)).printable + "…" }
}

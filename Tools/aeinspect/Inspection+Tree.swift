import ModelFiles
import SystemFiles
import Texts
import ToolSupport

extension Inspection {
    /// Attributes that have columns of their own in the tree, for every element carries them.
    private static let common: Set<String> = [Schema.encodingType, Schema.encodingVersion, Schema.digest]

    /// Every object under its group, and below it its attributes.
    func treeText() throws -> String {
        let objects = try ObjectListing.all(of: file.root), drawing = TreeDrawing(objects.map(\.path))
        var table = TextTable([("object", .left), ("shape", .left), ("type", .left), ("bytes", .right), ("encoding", .left), ("sha256", .left)])
        for (index, object) in objects.enumerated() {
            let values = Dictionary(object.attributes.map { ($0.name, $0.value.text) }) { $1 }
            let encoding = [Schema.encodingType, Schema.encodingVersion].compactMap { values[$0] }.joined(separator: " ")
            table.add([drawing.name(index), object.dataset.map { "\($0.shape)" } ?? "", object.dataset?.type.description ?? "",
                       object.dataset?.byteCount.grouped ?? "", encoding.cut(to: 24), values[Schema.digest]?.cut(to: 9) ?? ""])
        }
        let lines = table.lines
        let rows = objects.indices.flatMap { index in
            let own = objects[index].attributes.filter { !Self.common.contains($0.name) }
            return [lines[index + 1]] + own.map { drawing.indent(index) + Style.faint("@\($0.name.shown) = \($0.value.text.cut(to: 60))") }
        }
        return ([Style.faint(lines[0])] + rows).joined(separator: "\n")
    }

    func treeJSON() throws -> JSON {
        .array(try ObjectListing.all(of: file.root).map { object in
            var members: [(String, JSON)] = [("path", .string(object.path)), ("kind", .string(object.dataset == nil ? "group" : "dataset"))]
            if let dataset = object.dataset {
                members += [("shape", .integers(dataset.shape)), ("type", .string(dataset.type.description)), ("bytes", .integer(dataset.byteCount))]
            }
            return .object(members + [("attributes", .object(object.attributes.map { ($0.name, $0.value.json) }))])
        })
    }
}

/// The lines that join a tree's objects, given their paths, each group's before those that it holds.
private struct TreeDrawing {
    private let names: [String], indents: [String]

    init(_ paths: [String]) {
        let parts = paths.map { $0.split(separator: "/") }
        // An object is its group's last one if, seen from the end, it is the first.
        var met: Set<[Substring]> = [], isLast = parts.map { _ in true }
        for index in parts.indices.reversed() { isLast[index] = met.insert(Array(parts[index].dropLast())).inserted }
        var names: [String] = [], indents: [String] = [], open: [String] = []
        for (index, part) in parts.enumerated() {
            guard let name = part.last else {
                names.append("/")
                indents.append(parts.count > 1 ? "│  " : "   ")
                continue
            }
            open.removeSubrange((part.count - 1)...)
            names.append(open.joined() + (isLast[index] ? "└─ " : "├─ ") + String(name).printable.cut(to: 40))
            open.append(isLast[index] ? "   " : "│  ")
            let holdsMore = index + 1 < parts.count && parts[index + 1].count > part.count
            indents.append(open.joined() + (holdsMore ? "│  " : "   "))
        }
        (self.names, self.indents) = (names, indents)
    }

    func name(_ index: Int) -> String { names[index] }
    /// What stands before the lines below an object.
    func indent(_ index: Int) -> String { indents[index] }
}

extension AttributeValue {
    /// On one line, bytes in hexadecimal.
    fileprivate var text: String {
        switch self {
        case .text(let value): value.printable
        case .texts(let values): "\(values)".printable
        case .integer(let value): "\(value)"
        case .integers(let values): "\(values)"
        case .number(let value): "\(value)"
        case .numbers(let values): "\(values)"
        case .bytes(let values): SHA256.hex(values)
        case .other(let type): "(\(type))"
        }
    }

    /// As text, numbers or lists of them; null for what is neither.
    fileprivate var json: JSON {
        switch self {
        case .text(let value): .string(value)
        case .texts(let values): .strings(values)
        case .integer(let value): .integer(Int(value))
        case .integers(let values): .integers(values.map { Int($0) })
        case .number(let value): .number(value)
        case .numbers(let values): .array(values.map { .number($0) })
        case .bytes(let values): .integers(values.map { Int($0) })
        case .other: .null
        }
    }
}

import HDF5Library
import HDF5Types
import Images

/// `label` [N] beside latents or reconstructions, uint8 for up to 256 classes and else uint16, and `class_names` where these are others than 0, 1, 2 ...
enum LabelRecord {
    static let labels = "label", names = "class_names", ends = "class_ends"

    /// Names up to so many bytes, each as wide as the longest, are text; more are bytes, and where each name ends in them.
    static let largestText = ModelRecord.largestText
    /// The most bytes of names, and the most classes: as many as labels can tell apart.
    static let largestNames = 1 << 24, mostClasses = 1 << 16

    /// Writes labels some at a time, from the first to the last, where the first images have any; and the names of their classes.
    final class Writer {
        private enum Rows {
            case narrow(RowWriter<UInt8>), wide(RowWriter<UInt16>)
        }
        private let group: Group, count: Int
        private var rows: Rows?

        init(_ group: Group, count: Int) { (self.group, self.count) = (group, count) }

        /// Adds labels; nil where the images have none.
        ///
        /// - Parameter classNames: of all classes, in the order of the labels; it is the same every time.
        func append(_ labels: [UInt16]?, _ classNames: [String]) throws {
            guard let labels else { return }
            if rows == nil { rows = try begin(classNames) }
            switch rows {
            case .narrow(let rows): try rows.append(labels.count, labels.map { UInt8($0) })
            case .wide(let rows): try rows.append(labels.count, labels)
            case nil: break
            }
        }

        private func begin(_ classNames: [String]) throws -> Rows {
            let rows: Rows = classNames.count <= 256 ? .narrow(try group.addRows(LabelRecord.labels, of: UInt8.self, shape: [count]))
                : .wide(try group.addRows(LabelRecord.labels, of: UInt16.self, shape: [count]))
            if classNames != ImageSet.numberedNames(upTo: UInt16(exactly: classNames.count - 1)) { try LabelRecord.write(classNames, to: group) }
            return rows
        }

        func finish() throws {
            switch rows {
            case .narrow(let rows): try rows.finish()
            case .wide(let rows): try rows.finish()
            case nil: break
            }
        }
    }

    private static func write(_ classNames: [String], to group: Group) throws {
        let longest = classNames.map(\.utf8.count).max() ?? 0
        if longest * classNames.count <= largestText { return try group.add(classNames, as: names, .names) }
        var bytes: [UInt8] = [], ends: [Int64] = []
        for name in classNames {
            bytes += Array(name.utf8)
            ends.append(Int64(bytes.count))
        }
        guard bytes.count <= largestNames else { throw group.place.member(names).error("\(bytes.count) bytes of names are too many, above \(largestNames)") }
        try group.add(bytes, as: names, .names)
        try group.add(ends, as: Self.ends)
    }

    /// The labels [count] beside a dataset, nil where there are none. Throws `HDF5Error`.
    static func read(_ group: some ReadableGroup, count: Int) throws -> [UInt16]? {
        guard try group.contains(labels) else { return nil }
        if try group.dataset(labels).elementType == .uint16 { return try group.values(labels, shape: [count], as: UInt16.self) }
        return try group.values(labels, shape: [count], as: UInt8.self).map { UInt16($0) }
    }

    /// The names of the classes that `labels` are of; nil where the file has none, so that classes are numbers. Throws `HDF5Error`, as for a label without a name.
    static func readNames(_ group: some ReadableGroup, of labels: [UInt16]?) throws -> [String]? {
        guard try group.contains(names) else { return nil }
        let dataset = try group.dataset(names), isText = try !group.contains(ends), largest = isText ? largestText : largestNames
        guard dataset.byteCount <= largest else { throw dataset.error("is \(dataset.byteCount) bytes of names, above \(largest)") }
        guard let found = try isText ? group.lines(names) : parted(group.values(names), at: group.values(ends)) else {
            throw try group.dataset(ends).error("does not part \(names) into texts")
        }
        if let label = labels?.first(where: { $0 >= found.count }) { throw dataset.error("holds \(found.count) names, none for label \(label)") }
        return found
    }

    /// The names in bytes of UTF-8, given where each ends; nil where that parts them into no texts.
    static func parted(_ bytes: [UInt8], at ends: [Int64]) -> [String]? {
        var start = 0, parts: [String] = []
        for end in ends {
            guard let end = Int(exactly: end), start <= end, end <= bytes.count, let name = String(validating: bytes[start..<end], as: UTF8.self) else { return nil }
            parts.append(name)
            start = end
        }
        return start == bytes.count ? parts : nil
    }
}

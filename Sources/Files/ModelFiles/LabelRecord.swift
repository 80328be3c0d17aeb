import HDF5Library
import HDF5Types
import Images

/// `label` [N] beside latents or reconstructions, uint8 for up to 256 classes and else uint16, and `class_names` where classes are more than numbers.
enum LabelRecord {
    static let labels = "label", names = "class_names", ends = "class_ends"

    /// Names up to so many bytes, each as wide as the longest, are text; more are bytes, and where each name ends in them.
    private static let largestText = ModelRecord.largestText

    /// Writes labels some at a time, from the first to the last.
    final class Writer {
        private enum Rows {
            case narrow(RowWriter<UInt8>), wide(RowWriter<UInt16>)
        }
        private let rows: Rows

        /// - Parameter classNames: of all classes, in the order of the labels.
        init(_ group: Group, count: Int, classNames: [String]) throws {
            rows = classNames.count <= 256 ? .narrow(try group.addRows(labels, of: UInt8.self, shape: [count]))
                : .wide(try group.addRows(labels, of: UInt16.self, shape: [count]))
            if classNames != ImageSet.numberedNames(upTo: UInt16(exactly: classNames.count - 1)) { try LabelRecord.write(classNames, to: group) }
        }

        func append(_ values: [UInt16]) throws {
            switch rows {
            case .narrow(let rows): try rows.append(values.count, values.map { UInt8($0) })
            case .wide(let rows): try rows.append(values.count, values)
            }
        }

        func finish() throws {
            switch rows {
            case .narrow(let rows): try rows.finish()
            case .wide(let rows): try rows.finish()
            }
        }
    }

    private static func write(_ classNames: [String], to group: Group) throws {
        let longest = classNames.map(\.utf8.count).max() ?? 0
        if longest * classNames.count <= largestText { return try group.add(classNames, as: names) }
        var bytes: [UInt8] = [], ends: [Int64] = []
        for name in classNames {
            bytes += Array(name.utf8)
            ends.append(Int64(bytes.count))
        }
        try group.add(bytes, as: names)
        try group.add(ends, as: Self.ends)
    }

    /// The labels [count] beside a dataset, nil where there are none. Throws `HDF5Error`.
    static func read(_ group: some ReadableGroup, count: Int) throws -> [UInt16]? {
        guard try group.contains(labels) else { return nil }
        if try group.dataset(labels).elementType == .uint16 { return try group.values(labels, shape: [count], as: UInt16.self) }
        return try group.values(labels, shape: [count], as: UInt8.self).map { UInt16($0) }
    }

    /// The names of the classes; nil where the file has none, so that classes are numbers. Throws `HDF5Error`.
    static func readNames(_ group: some ReadableGroup) throws -> [String]? {
        guard try group.contains(names) else { return nil }
        guard try group.contains(ends) else { return try group.lines(names) }
        let bytes: [UInt8] = try group.values(names), ends: [Int64] = try group.values(Self.ends)
        var start = 0
        return try ends.map { end in
            guard let end = Int(exactly: end), (start...bytes.count).contains(end), let name = String(validating: bytes[start..<end], as: UTF8.self) else {
                throw try group.dataset(Self.ends).error("does not part \(names) into texts")
            }
            start = end
            return name
        }
    }
}

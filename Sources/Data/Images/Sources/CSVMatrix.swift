import Tensors

/// A CSV file of images, one a line: 784 (28 x 28) or 1024 (32 x 32) whole numbers 0...255 by rows, separated by commas.
///
/// A first line that does not begin with a number names the columns; the first or the last of them may be `label`. Without such a line, 785 or 1025
/// numbers begin with the label. The file has no splits: all of it is in both.
public struct CSVMatrix: DataSource {
    /// The most bytes that are read.
    public static let maximumSize = 1 << 30

    public let path: String
    public let notices = Notices()
    public var description: String { path }
    private let opened = Once<Int, OpenSplit>()

    public init(_ path: String) { self.path = path }

    public func open(_ split: Split) throws -> OpenSplit {
        try opened.value(0) {
            var lines = CSVLines(try Paths.contents(of: path, limit: Self.maximumSize), path: path)
            let layout = try lines.layout(), side = layout.values == Enlarging.shape.count ? Enlarging.to : Enlarging.from
            var pixels: [UInt8] = [], labels: [UInt16] = []
            var row = [UInt8](repeating: 0, count: layout.columns)
            while try lines.next(&row) {
                if let column = layout.label { labels.append(UInt16(row[column])) }
                pixels += row[layout.first..<layout.first + layout.values]
            }
            guard !pixels.isEmpty else { throw ImageError(path, "the file holds no images") }
            let storage = MemoryStorage(shape: ImageShape(channels: 1, height: side, width: side), values: .bytes(pixels))
            return OpenSplit(storage, labels: layout.label == nil ? nil : labels)
        }
    }

    public func classNames() throws -> [String] { try open(.train).labels.map { ImageSet.numberedNames(upTo: $0.max()) } ?? [] }
}

/// The lines of a CSV file of whole numbers 0...255.
private struct CSVLines {
    /// Where a line's label and pixels are.
    struct Layout {
        var columns: Int
        var label: Int?
        var first: Int
        var values: Int
    }

    private let bytes: [UInt8]
    private let path: String
    private var position = 0
    private var line = 1

    init(_ bytes: [UInt8], path: String) {
        self.bytes = bytes
        self.path = path
        // The mark that some spreadsheets put before UTF-8.
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// What the first line says of the columns; passes it where it names them.
    mutating func layout() throws -> Layout {
        let first = bytes[position...].prefix { $0 != UInt8(ascii: "\n") }
        let names = first.split(separator: UInt8(ascii: ","), maxSplits: 1 << 12, omittingEmptySubsequences: false)
            .map { String(decoding: $0.filter { $0 > 0x20 && $0 != UInt8(ascii: "\"") }, as: UTF8.self).lowercased() }
        var label: Int?
        if let begin = names[0].first, "0123456789+-.".contains(begin) {
            if names.count == 785 || names.count == 1025 { label = 0 }
        } else {
            position = min(first.endIndex + 1, bytes.count)
            line = 2
            label = names.firstIndex(of: "label")
            if let label, label > 0, label < names.count - 1 { throw ImageError(path, "label is neither the first nor the last column") }
        }
        let values = names.count - (label == nil ? 0 : 1)
        guard values == 784 || values == 1024 else {
            throw ImageError(path, "\(values) pixels a line; 784 (28 x 28) or 1024 (32 x 32) are read")
        }
        return Layout(columns: names.count, label: label, first: label == 0 ? 1 : 0, values: values)
    }

    /// The next line's numbers into `row`; false at the end. Empty lines are passed over.
    mutating func next(_ row: inout [UInt8]) throws -> Bool {
        while position < bytes.count, bytes[position] == UInt8(ascii: "\n") || bytes[position] == UInt8(ascii: "\r") { advance() }
        guard position < bytes.count else { return false }
        for column in row.indices {
            guard let value = number() else { throw noNumber(column) }
            row[column] = value
            let last = column == row.count - 1
            if last, position < bytes.count, bytes[position] == UInt8(ascii: "\r") { position += 1 }
            let ended = position == bytes.count || bytes[position] == UInt8(ascii: "\n")
            guard ended || bytes[position] == UInt8(ascii: ",") else { throw noNumber(column) }
            guard last == ended else {
                throw ImageError(path, "line \(line): " + (ended ? "\(column + 1) values, fewer" : "more values") + " than in the first line")
            }
            if position < bytes.count { advance() }
        }
        return true
    }

    private mutating func advance() {
        if bytes[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
    }

    /// A whole number 0...255 with spaces around it, nil where there is none.
    private mutating func number() -> UInt8? {
        skipSpaces()
        let start = position
        var value = 0
        while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position], value <= 255 {
            value = value * 10 + Int(bytes[position] - UInt8(ascii: "0"))
            position += 1
        }
        guard position > start, value <= 255 else { return nil }
        skipSpaces()
        return UInt8(value)
    }

    private mutating func skipSpaces() {
        while position < bytes.count, bytes[position] == UInt8(ascii: " ") || bytes[position] == UInt8(ascii: "\t") { position += 1 }
    }

    private func noNumber(_ column: Int) -> ImageError {
        ImageError(path, "line \(line): value \(column + 1) is no whole number 0...255")
    }
}

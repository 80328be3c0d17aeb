import HDF5Library
import HDF5Types
import Platform
import Synchronization
import SystemFiles

/// An HDF5 file that any program may have written: its datasets are looked up and read, nothing else.
///
/// libhdf5 can be brought to crash, to loop or to take all memory by a crafted file. In the tools, which set `isApart`, it therefore reads such files in a
/// process of its own, whose failure is an `HDF5Error` here. Threads that ask at once wait for each other.
public final class ForeignFile: Sendable {
    /// The file as the user named it.
    public let name: String
    /// The same file, for bytes whose place in it is known.
    public let descriptor: Descriptor

    /// Who answers.
    private enum Reader {
        case here(ForeignReader), apart(PipedProcess)
    }
    private let reader: Mutex<Reader>

    /// Whether this program calls `ForeignReader.serve` where its first argument is `ForeignReader.argument`.
    public static let isApart = Atomic<Bool>(false)

    /// Throws `SystemError` for a file that is missing, a folder or may not be read; `HDF5Error` for one that is no HDF5 file.
    public init(reading path: String) throws {
        name = path
        descriptor = try Descriptor(opening: path, O_RDONLY | O_NONBLOCK)
        guard Self.isApart.load(ordering: .relaxed) else {
            reader = Mutex(.here(try ForeignReader(descriptor)))
            return
        }
        let arguments = [CommandLine.arguments[0], ForeignReader.argument, path]
        reader = Mutex(.apart(try PipedProcess(Subprocess.ownPath, arguments, file: descriptor, variables: ["SWIFT_BACKTRACE=enable=no"])))
        _ = try ask(["open"])
    }

    private func answer(_ question: [UInt8], limit: Int) throws -> [UInt8] {
        try reader.withLock { reader in
            switch reader {
            case .here(let reader): return reader.answer(to: question)
            case .apart(let process):
                if let answer = try process.answer(to: question, limit: limit) { return answer }
                throw Place(file: name, object: "/").error(Self.failure(try process.end()))
            }
        }
    }

    /// What is said of a file at which the process that read it ended.
    public static func failure(_ status: Int32) -> String {
        guard status > 128 else { return "the HDF5 library failed on it" }
        return status - 128 == SIGXCPU ? "the HDF5 library does not come to an end with it" : "the HDF5 library failed on it (signal \(status - 128))"
    }

    /// A text attribute of the root; nil where there is none of that name, or one of another kind. Throws `HDF5Error`.
    public func attribute(_ name: String) throws -> String? { try ask(["attribute", name]).first }

    /// The dataset at `path`, with names between `/`; nil where there is no link.
    ///
    /// Throws `HDF5Error` for what is no dataset, reached by another link than a hard one, kept outside the file, or larger than the file.
    public func dataset(_ path: String) throws -> ForeignDataset? {
        let fields = try ask(["dataset", path])
        return fields.count < 5 ? nil : ForeignDataset(file: self, path: path, fields: fields)
    }

    /// The paths of all datasets, without a leading `/`. Throws `HDF5Error`.
    public func datasetPaths() throws -> [String] { try ask(["datasets"]) }

    /// The error that says, in a few words, what is wrong with the file.
    public func error(_ reason: String) -> HDF5Error { Place(file: name, object: "/").error(reason) }

    /// What any answer but elements may take.
    private static let largestAnswer = 1 << 26, largestError = 1 << 16

    fileprivate func ask(_ question: [String]) throws -> [String] { try ForeignMessage.fields(bytes(question, limit: Self.largestAnswer)[...]) }

    /// The answer to a question, `limit` bytes at most. Throws the error that is the answer.
    func bytes(_ question: [String], limit: Int) throws -> [UInt8] {
        var answer = try answer(ForeignMessage.bytes(question), limit: max(limit, Self.largestError) + 1)
        guard answer.popLast() == ForeignMessage.isAnswer else { throw ForeignMessage.error(answer[...], file: name) }
        return answer
    }
}

/// A dataset of a `ForeignFile`.
public struct ForeignDataset: Sendable {
    public let file: ForeignFile
    /// The names that lead to it, without a leading `/`.
    public let path: String
    /// The dimensions, the slowest first; [] for a scalar.
    public let shape: [Int]
    /// The elements' type, such as `float32`.
    public let typeName: String
    public let isFloat: Bool
    /// The number of elements.
    public let count: Int
    /// The size of all elements as stored, uncompressed.
    public let byteCount: Int
    /// Where the elements begin in the file, one after the other as `typeName` says; nil where they do not lie so.
    public let fileOffset: Int?

    init(file: ForeignFile, path: String, fields: [String]) {
        (self.file, self.path) = (file, path)
        typeName = fields[0]
        isFloat = fields[1] == "float"
        (count, byteCount) = (Int(fields[2]) ?? 0, Int(fields[3]) ?? 0)
        fileOffset = Int(fields[4])
        shape = fields[5...].compactMap { Int($0) }
    }

    /// The strings of a dataset of text. Throws `HDF5Error` for another type, or bytes that are not UTF-8.
    public func texts() throws -> [String] { try file.ask(["texts", path]) }

    /// The elements of `rows`, of the first dimension. Throws as `Dataset.read(rows:into:)` does.
    public func read<Element: HDF5Element>(rows: Range<Int>, as type: Element.Type = Element.self) throws -> [Element] {
        let elements = rows.count * (count / max(1, shape.first ?? 1)), size = elements * MemoryLayout<Element>.stride
        let bytes = try file.bytes(["read", path, Element.elementType.description, "\(rows.lowerBound)", "\(rows.upperBound)"], limit: size)
        guard bytes.count == size else { throw error("gives \(bytes.count) bytes, not \(size)") }
        return [Element](unsafeUninitializedCapacity: elements) { buffer, initialized in
            UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
            initialized = elements
        }
    }

    /// The error that says, in a few words, what is wrong with this dataset.
    public func error(_ reason: String) -> HDF5Error { Place(file: file.name, object: "/\(path)").error(reason) }
}

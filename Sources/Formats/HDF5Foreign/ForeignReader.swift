import HDF5Library
import HDF5Types
import Platform
import SystemFiles

/// What answers a `ForeignFile`'s questions, in this process or in one of its own.
public final class ForeignReader {
    /// The first argument of a tool that is to be such a process.
    public static let argument = "--hdf5-apart"

    private let file: File
    private var datasets: [String: Dataset] = [:]

    init(_ file: Descriptor) throws { self.file = try File(reading: file) }

    /// Answers to the end of standard input what is asked of the file that is open under `PipedProcess.fileNumber`; `path` is its name.
    public static func serve(_ path: String) throws {
        // Who asks ends when a signal says so, and this process then.
        for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_IGN) }
        let questions = try Descriptor(duplicating: STDIN_FILENO, named: path), answers = try Descriptor(duplicating: STDOUT_FILENO, named: path)
        let file = try Descriptor(duplicating: PipedProcess.fileNumber, named: path)
        var limits = ForeignLimits(), opened: ForeignReader?
        while let question = try questions.readMessage(limit: 1 << 20) {
            limits.begin(isRead: question.starts(with: Array("read\0".utf8)))
            try answers.write(message: ForeignMessage.answer {
                let reader = try opened ?? ForeignReader(file)
                opened = reader
                return try reader.bytes(ForeignMessage.fields(question[...]))
            })
        }
    }

    func answer(to question: [UInt8]) -> [UInt8] { ForeignMessage.answer { try bytes(ForeignMessage.fields(question[...])) } }

    private func bytes(_ question: [String]) throws -> [UInt8] {
        switch (question.first, question.dropFirst().first) {
        case ("open", _): return []
        case ("attribute", let name?):
            let root = file.root
            guard try root.hasAttribute(name), let text = try? root.attribute(name, as: String.self) else { return [] }
            return ForeignMessage.bytes([text])
        case ("datasets", _): return try ForeignMessage.bytes(file.root.objects().filter { $0.kind == .dataset }.map(\.path))
        case ("dataset", let path?): return try ForeignMessage.bytes(describe(path))
        case ("texts", let path?): return try ForeignMessage.bytes(dataset(path).texts())
        case ("read", let path?): return try elements(dataset(path), question.dropFirst(2).map { $0 })
        default: throw file.root.error("is asked for \(question)")
        }
    }

    private func dataset(_ path: String) throws -> Dataset {
        if let dataset = datasets[path] { return dataset }
        let dataset = try file.root.dataset(path)
        // A second handle would have to fill its cache of chunks anew.
        datasets[path] = dataset
        return dataset
    }

    private func describe(_ path: String) throws -> [String] {
        guard try file.root.contains(path) else { return [] }
        let dataset = try dataset(path)
        let kind = switch dataset.elementType {
        case .float32, .float64, .otherFloat: "float"
        default: "other"
        }
        return [dataset.elementType.description, kind, "\(dataset.count)", "\(dataset.byteCount)", dataset.fileOffset.map { "\($0)" } ?? ""] + dataset.shape.map(String.init)
    }

    /// The elements that `arguments` say: the type to give them in, the first row, and the one after the last.
    private func elements(_ dataset: Dataset, _ arguments: [String]) throws -> [UInt8] {
        let types: [any HDF5Element.Type] = [Float.self, UInt8.self, Int64.self, UInt64.self]
        guard arguments.count == 3, let type = types.first(where: { $0.elementType.description == arguments[0] }), let first = Int(arguments[1]), let end = Int(arguments[2]),
            let rows = dataset.shape.first, 0 <= first, first <= end, end <= rows
        else { throw dataset.error("has no rows \(arguments.dropFirst().joined(separator: " to ")) in numbers of \(arguments.first ?? "nothing")") }
        func read<Element: HDF5Element>(_: Element.Type) throws -> [UInt8] {
            let count = (end - first) * (dataset.count / max(rows, 1)), size = count * MemoryLayout<Element>.stride
            return try [UInt8](unsafeUninitializedCapacity: size) { bytes, initialized in
                try bytes.withMemoryRebound(to: Element.self) { try dataset.read(rows: first..<end, into: UnsafeMutableBufferPointer(rebasing: $0[..<count])) }
                initialized = size
            }
        }
        return try read(type)
    }
}

/// How questions and answers are written: fields with a zero after each; an answer's last byte says whether it is one, or an error.
enum ForeignMessage {
    static let isAnswer: UInt8 = 0
    private static let isError: UInt8 = 1

    static func bytes(_ fields: [String]) -> [UInt8] { fields.flatMap { Array($0.utf8) + [0] } }

    static func fields(_ bytes: ArraySlice<UInt8>) -> [String] {
        bytes.split(separator: 0, omittingEmptySubsequences: false).dropLast().map { String(decoding: $0, as: UTF8.self) }
    }

    static func answer(_ body: () throws -> [UInt8]) -> [UInt8] {
        do {
            return try body() + [isAnswer]
        } catch let error as SystemError {
            return bytes([error.what, "\(error.errno)"]) + [isError]
        } catch let error as HDF5Error {
            return bytes([error.object, error.reason, error.call ?? "", error.errno.map { "\($0)" } ?? ""]) + [isError]
        } catch {
            return bytes(["/", "\(error)", "", ""]) + [isError]
        }
    }

    /// The error that an answer is, its bytes but the last: one of the system's has two fields, one of HDF5's four.
    static func error(_ bytes: ArraySlice<UInt8>, file: String) -> any Error {
        let fields = fields(bytes)
        if fields.count == 2 { return SystemError(path: file, what: fields[0], errno: Int32(fields[1]) ?? 0) }
        guard fields.count == 4 else { return HDF5Error(file: file, object: "/", reason: ForeignFile.failure(0)) }
        return HDF5Error(file: file, object: fields[0], reason: fields[1], call: fields[2].isEmpty ? nil : fields[2], errno: Int32(fields[3]))
    }
}

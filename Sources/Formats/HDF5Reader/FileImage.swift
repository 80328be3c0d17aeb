import Platform
import SystemFiles

/// The bytes of a file. Those of structures are read by pages and kept, so that each is read once; those of datasets are read where they are needed.
final class FileImage {
    /// The file as the user named it.
    let name: String
    let byteCount: Int

    private enum Source {
        case file(Descriptor)
        case memory([UInt8])
    }
    private let source: Source
    private var pages: [Int: [UInt8]] = [:]
    /// Structures lie in blocks of 2 KiB among the datasets; greater pages would read much of those too.
    private static let pageSize = 1 << 12

    /// Throws `SystemError`, as for a folder, and `VerificationError` for what is no regular file.
    init(_ file: Descriptor) throws {
        let status = try file.status()
        switch status.st_mode & S_IFMT {
        case S_IFREG: (name, byteCount, source) = (file.path, Int(status.st_size), .file(file))
        case S_IFDIR: throw SystemError(path: file.path, what: "cannot read", errno: EISDIR)
        default: throw VerificationError(file: file.path, problems: [Problem(.regularFile, at: "/")])
        }
    }

    init(_ bytes: [UInt8], named name: String) { (self.name, byteCount, source) = (name, bytes.count, .memory(bytes)) }

    /// The bytes of a structure, at `range` within the file. Throws `SystemError`.
    func bytes(_ range: Range<Int>) throws -> [UInt8] {
        if case .memory(let bytes) = source { return Array(bytes[range]) }
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var position = range.lowerBound
        while position < range.upperBound {
            let number = position / Self.pageSize, start = number * Self.pageSize
            let end = min(range.upperBound, start + Self.pageSize)
            result += try page(number)[position - start..<end - start]
            position = end
        }
        return result
    }

    /// Reads a dataset's bytes, from `offset` on, until `buffer` is full. Throws `SystemError`.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        switch source {
        case .file(let file):
            // The file had these bytes when it was verified.
            guard try file.read(into: buffer, at: offset) == buffer.count else { throw SystemError(path: name, what: "cannot read", errno: EIO) }
        case .memory(let bytes): bytes[offset..<offset + buffer.count].withUnsafeBytes { buffer.copyMemory(from: $0) }
        }
    }

    private func page(_ number: Int) throws -> [UInt8] {
        if let page = pages[number] { return page }
        let start = number * Self.pageSize, size = min(Self.pageSize, byteCount - start)
        let page = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            try read(into: UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<size]), at: start)
            count = size
        }
        pages[number] = page
        return page
    }
}

import HDF5Types
import SystemFiles

extension VerifiedAttribute {
    /// The numbers; nil where they are of another type.
    public func numbers<Number: HDF5Element>(as number: Number.Type = Number.self) -> [Number]? {
        guard type == Number.elementType else { return nil }
        return [Number](unsafeUninitializedCapacity: bytes.count / type.byteCount) { buffer, count in
            count = bytes.count / type.byteCount
            bytes.withUnsafeBytes { UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
        }
    }

    /// The strings; nil where it holds none, or one that is not UTF-8 filled up with zeros.
    public var texts: [String]? { type.texts(Array(bytes)) }
}

extension VerifiedFile {
    /// Reads elements of a dataset of this file until `buffer` is full, from the byte `offset` of them on. Throws `SystemError`.
    public func read(_ dataset: VerifiedDataset, from offset: Int = 0, into buffer: UnsafeMutableRawBufferPointer) throws {
        precondition(offset >= 0 && buffer.count <= dataset.extent.count - offset, "\(buffer.count) bytes from \(offset) on of \(dataset.extent)")
        if !buffer.isEmpty { try image.read(into: buffer, at: dataset.extent.lowerBound + offset) }
    }

    /// All numbers of the dataset at `path`, in row-major order; nil where there is none of this type. Throws `SystemError`.
    public func numbers<Number: HDF5Element>(_ path: String, as number: Number.Type = Number.self) throws -> [Number]? {
        guard let dataset = self[path]?.dataset, dataset.type == Number.elementType else { return nil }
        let size = dataset.extent.count / dataset.type.byteCount
        return try [Number](unsafeUninitializedCapacity: size) { buffer, count in
            try read(dataset, into: UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[..<size])))
            count = size
        }
    }

    /// All strings of the dataset at `path`; nil where there is none of text, or one that is not UTF-8 filled up with zeros. Throws `SystemError`.
    public func texts(_ path: String) throws -> [String]? {
        guard let dataset = self[path]?.dataset, case .string = dataset.type else { return nil }
        var bytes = [UInt8](repeating: 0, count: dataset.extent.count)
        try bytes.withUnsafeMutableBytes { try read(dataset, into: $0) }
        return dataset.type.texts(bytes)
    }
}

extension ElementType {
    /// The strings in `bytes`; nil where this is no text, or one is not UTF-8 filled up with zeros.
    func texts(_ bytes: [UInt8]) -> [String]? {
        guard case .string(let byteCount) = self else { return nil }
        var texts: [String] = []
        for start in stride(from: 0, to: bytes.count, by: byteCount) {
            let stored = bytes[start..<start + byteCount], content = stored.prefix { $0 != 0 }
            guard stored[content.endIndex...].isZero, let text = String(validating: content, as: UTF8.self) else { return nil }
            texts.append(text)
        }
        return texts
    }
}

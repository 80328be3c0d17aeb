import Foundation

/// Tensors by name, in a file that Tests/Oracle/raw_tensors.py reads and writes too: a line of JSON, [{"name", "shape"}, ...], and then the values,
/// little-endian float32, in the same order.
public struct RawTensors: Sendable {
    public typealias Tensor = (name: String, shape: [Int], values: [Float])
    public var tensors: [Tensor]

    public init(_ tensors: [Tensor] = []) { self.tensors = tensors }

    public init(contentsOf path: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: path)), line = data.firstIndex(of: 10)!
        let head = try JSONDecoder().decode([Head].self, from: data[..<line])
        var position = data.index(after: line)
        tensors = head.map { head in
            let values = head.shape.reduce(1, *), end = position + values * 4
            defer { position = end }
            return (head.name, head.shape, data[position..<end].withUnsafeBytes { bytes in
                (0..<values).map { Float(bitPattern: bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)) }
            })
        }
    }

    public func write(to path: String) throws {
        var data = try JSONEncoder().encode(tensors.map { Head(name: $0.name, shape: $0.shape) }) + [10]
        for tensor in tensors { tensor.values.withUnsafeBytes { data.append(contentsOf: $0) } }
        try data.write(to: URL(fileURLWithPath: path))
    }

    /// The values of the tensor called `name`.
    public subscript(_ name: String) -> [Float]? { tensors.first { $0.name == name }?.values }

    private struct Head: Codable { let name: String, shape: [Int] }
}

import Foundation
import Layers
import TestSupport

/// A case of Tests/Fixtures/layers.json: numbers that PyTorch gave.
struct LayerCase: Decodable, CustomStringConvertible {
    struct Tensor: Decodable {
        let shape: [Int], values: [Double]
        var floats: [Float] { values.map { Float($0) } }
    }

    enum Option: Decodable {
        case number(Double), boolean(Bool)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let boolean = try? container.decode(Bool.self) { self = .boolean(boolean) } else { self = .number(try container.decode(Double.self)) }
        }

        var number: Double { if case .number(let number) = self { number } else { .nan } }
        var text: String {
            switch self {
            case .number(let number): number == number.rounded() ? "\(Int(number))" : "\(number)"
            case .boolean(let boolean): boolean ? "True" : "False"
            }
        }
    }

    let layer: String, name: String
    let options: [String: Option]
    let tensors: [String: Tensor]

    var description: String { "\(layer) \(name)" }
    subscript(_ name: String) -> Tensor { tensors[name]! }
    func option(_ name: String) -> Double { options[name]!.number }

    /// The cases of a layer, a loss or an optimizer.
    static func all(_ layer: String) -> [LayerCase] { file.cases.filter { $0.layer == layer } }

    /// The layer, read from a text like "Conv2d(stride=2, ...)".
    func parsed() throws -> any LayerDescription {
        let arguments = options.map { "\($0.key)=\($0.value.text)" }
        return try LayerText.parse("\(layer)(\(arguments.sorted().joined(separator: ", ")))")
    }

    private struct File: Decodable { let cases: [LayerCase] }
    private static let file: File = {
        let url = Python.root.appendingPathComponent("Tests/Fixtures/layers.json")
        return try! JSONDecoder().decode(File.self, from: Data(contentsOf: url))
    }()
}

import Networks

/// A network of the report, as the tests' arguments.
struct ModelCase: CustomStringConvertible, Sendable {
    let architecture: Architecture, bottleneck: Int
    var description: String { "\(architecture.rawValue), bottleneck \(bottleneck)" }
    var model: ModelDescription { try! architecture.model(bottleneck: bottleneck) }

    static let all = Architecture.allCases.flatMap { architecture in [2, 3, 5].map { ModelCase(architecture: architecture, bottleneck: $0) } }
}

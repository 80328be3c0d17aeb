import Components
import ModelFiles
import Networks
import SystemFiles

extension Subspaces {
    /// Each linear auto-encoder of a sweep beside the principal components of as many dimensions. Throws what reading their files throws.
    static func compare(_ runs: [SweepRun], _ folder: String) throws -> [SweepResults.Subspace] {
        try runs.filter { $0.model == Architecture.simple.rawValue }.compactMap { run in
            guard let components = runs.first(where: { $0.isComponents && $0.bottleneck == run.bottleneck }),
                  let analysis = try ComponentRecord(StoredFile("\(folder)/\(components.fileName)").root)?.analysis else { return nil }
            let network = try ModelRecord.network(of: StoredFile("\(folder)/\(run.fileName)"))
            guard let encoder = values(ComponentAnalysis.encoderWeight, network), let decoder = values(ComponentAnalysis.decoderWeight, network) else { return nil }
            let weights = rows(encoder, run.bottleneck), axes = rows(analysis.components, run.bottleneck), images = columns(decoder, run.bottleneck)
            return SweepResults.Subspace(file: run.fileName, componentsFile: components.fileName, bottleneck: run.bottleneck, weightAngles: try pairs(weights),
                                         componentAngles: try pairs(axes), principalAngles: try principalAngles(weights, axes).map(degrees),
                                         decoderAngles: try principalAngles(images, axes).map(degrees))
        }
    }

    private static func values(_ name: String, _ network: Network) -> [Double]? {
        network.parameters.first { $0.name == name }?.parameter.values.map { Double($0) }
    }

    private static func columns(_ values: [Double], _ count: Int) -> [[Double]] {
        (0..<count).map { column in stride(from: column, to: values.count, by: count).map { values[$0] } }
    }

    private static func rows(_ values: [Double], _ count: Int) -> [[Double]] {
        let size = values.count / count
        return (0..<count).map { Array(values[$0 * size..<($0 + 1) * size]) }
    }

    /// The angles of each pair, in degrees: first and second, first and third ...
    private static func pairs(_ vectors: [[Double]]) throws -> [Double] {
        try vectors.indices.flatMap { i in try vectors[(i + 1)...].map { degrees(try angle(vectors[i], $0)) } }
    }

    private static func degrees(_ radians: Double) -> Double { radians * 180 / .pi }
}

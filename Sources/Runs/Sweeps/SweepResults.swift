import SystemFiles
import Texts
import YAMLFiles

/// What a sweep found: `results.json` and `results.csv`, and what a report is made of.
public struct SweepResults: Sendable {
    /// A run's row.
    public struct Row: Sendable {
        public let run: SweepRun
        /// Percent of the test images that the reader reads right in the reconstructions, with z = mu and, of variational networks, with z sampled.
        public let accuracy: Double, sampledAccuracy: Double?
        /// The mean squared error of the reconstructions of the test images, with z = mu.
        public let meanSquaredError: Double
        /// Seconds of training alone. Of a run that was interrupted: those of the epochs that were timed, taken for all; nil where none was.
        public let seconds: Double?
        /// The seal of the model file: the row is that file's and no other's.
        let seal: String
    }

    /// A linear auto-encoder beside the principal components of as many dimensions. Angles in degrees.
    public struct Subspace: Sendable {
        public let file: String, componentsFile: String, bottleneck: Int
        /// Between each pair of the encoder's weight vectors, and of the principal components, which stand at right angles.
        public let weightAngles: [Double], componentAngles: [Double]
        /// Between what the encoder's weight vectors span and what the components span, from the greatest to the least; and the same of the decoder's, the images that it can
        /// make. The encoder's vectors keep their first random numbers at pixels that never change, where no gradient comes; the decoder's do not.
        public let principalAngles: [Double], decoderAngles: [Double]
    }

    /// The reader's accuracy on the untouched test images, percent, and its file's seal.
    public internal(set) var readerAccuracy: Double, readerSeal: String
    /// In the plan's order; nil for a run that has not ended.
    public internal(set) var rows: [Row?]
    public internal(set) var subspaces: [Subspace] = []

    /// Writes both files, each whole; leaves one that holds the same as it is. Throws `SystemError`.
    func write(to folder: String) throws {
        for (name, text) in [("results.json", json), ("results.csv", csv)] { try AtomicFile.writeIfChanged(text, to: "\(folder)/\(name)") }
    }

    // MARK: JSON

    /// A row a line.
    public var json: String {
        let rows = rows.compactMap { $0.map { JSON.object(Self.members($0)).text } }, subspaces = subspaces.map { Self.json($0).text }
        let reader = JSON.object([("file", .string(SweepResults.readerFile)), ("accuracy", .number(readerAccuracy)), ("seal", .string(readerSeal))])
        return "{\"reader\":\(reader.text),\n\"rows\":[\n\(rows.joined(separator: ",\n"))\n],\n\"subspaces\":[\n\(subspaces.joined(separator: ",\n"))\n]}\n"
    }

    static let readerFile = "reader.h5"

    private static func members(_ row: Row) -> [(String, JSON)] {
        let run = row.run
        func number(_ value: Double?) -> JSON { value.map { .number($0) } ?? .null }
        return [
            ("table", .string(run.table)), ("model", .string(run.model)), ("bottleneck", .integer(run.bottleneck)), ("kl_weight", number(run.klWeight)),
            ("reconstruction_weight", number(run.reconstructionWeight)), ("seed", run.seed.map { .unsigned($0) } ?? .null), ("accuracy", .number(row.accuracy)),
            ("accuracy_sampled", number(row.sampledAccuracy)), ("report_accuracy", number(run.reportAccuracy)), ("test_mse", .number(row.meanSquaredError)),
            ("seconds", number(row.seconds)), ("file", .string(run.fileName)), ("seal", .string(row.seal)),
        ]
    }

    private static func json(_ subspace: Subspace) -> JSON {
        func numbers(_ values: [Double]) -> JSON { .array(values.map { .number($0) }) }
        return .object([
            ("file", .string(subspace.file)), ("components_file", .string(subspace.componentsFile)), ("bottleneck", .integer(subspace.bottleneck)),
            ("weight_angles", numbers(subspace.weightAngles)), ("component_angles", numbers(subspace.componentAngles)),
            ("principal_angles", numbers(subspace.principalAngles)), ("decoder_principal_angles", numbers(subspace.decoderAngles)),
        ])
    }

    // MARK: CSV

    /// The rows' members but for the seal, under their names; empty for null.
    public var csv: String {
        let rows = rows.compactMap { $0.map { Self.members($0).dropLast() } }
        guard let first = rows.first else { return "" }
        return ([first.map(\.0)] + rows.map { $0.map { Self.cell($0.1) } }).map { $0.joined(separator: ",") + "\n" }.joined()
    }

    private static func cell(_ value: JSON) -> String {
        switch value {
        case .null: return ""
        // By scalars: a quotation mark and an accent are one character.
        case .string(let text) where !text.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }): return text
        case .string(let text): return "\"" + text.unicodeScalars.map { $0 == "\"" ? "\"\"" : "\($0)" }.joined() + "\""
        default: return value.text
        }
    }
}

import ModelFiles
import Networks
import SystemFiles
import Texts
import ToolSupport

/// What an open file says of itself; nothing in it depends on its weights.
struct Inspection {
    let path: String
    let file: StoredFile
    let contents: FileContents
    /// Nil where the file has none, as one of latents.
    let model: ModelDescription?, training: TrainingRecord?, components: ComponentRecord?

    init(_ path: String) throws {
        self.path = path
        file = try StoredFile(path)
        contents = try FileContents(file.root)
        model = try file.kind == .model || file.root.contains("model") ? ModelRecord.description(file.root) : nil
        components = try ComponentRecord(file.root)
        training = try file.root.contains("training") ? TrainingRecord(file.root) : nil
    }

    /// Throws what says that there is no network in the file.
    func requireModel() throws -> ModelDescription {
        guard let model else { throw ToolError(.badData, "\(path.printable): holds \(file.kind.rawValue), not a model") }
        return model
    }

    func requireTraining() throws -> TrainingRecord {
        guard let training else { throw ToolError(.badData, "\(path.printable): has no training history") }
        return training
    }

    /// A line for a file that a later version has written.
    var newerVersion: String? {
        file.version.minor > Schema.version.minor ? "\(path.printable): has schema \(file.version); of what is newer than \(Schema.version) only the names are shown" : nil
    }

    var title: String { "\(path.printable): aekit \(file.kind.rawValue), schema \(file.version), \(contents.byteCount.byteText)" }
}

import Images
import Networks
import Requests

extension DataSelection {
    /// The images of a split, the first `limit` of them where that is given, as a stream whose labels a network knows. Throws `ToolError` where a conditional
    /// one lacks them, and `RunError` where the network takes other images than the user asks for.
    public func stream(_ split: Split, limit: Int?, for model: ModelDescription) throws -> ImageStream {
        let stream = try source.stream(split, limit: limit, model.preparation(preparation))
        guard model.isConditional else { return stream }
        return stream.map { set in
            guard let labels = set.labels else { throw ToolError(.badData, "\(source): has no labels, which \(model.architecture) needs") }
            if let label = labels.first(where: { $0 >= model.classes }) {
                throw ToolError(.badData, "\(source): has label \(label), but \(model.architecture) knows \(model.classes) classes")
            }
            return set
        }
    }
}

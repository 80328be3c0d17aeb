import Images
import Networks
import Requests

extension DataSelection {
    /// The images of a split, the first `limit` of them where that is given, as a stream whose labels a network knows. Throws `RunError` where a conditional
    /// one lacks them, or where the network takes other images than the user asks for.
    public func stream(_ split: Split, limit: Int?, for model: ModelDescription) throws -> ImageStream {
        let stream = try source.stream(split, limit: limit, model.preparation(preparation))
        guard model.isConditional else { return stream }
        return stream.map { set in
            try KnownLabels.check(set.labels, of: source, below: model.classes, for: model.architecture)
            return set
        }
    }
}

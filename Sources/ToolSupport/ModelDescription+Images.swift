import Images
import Models
import SystemFiles

extension ModelDescription {
    /// Throws `ToolError` where the network of the file at `path` takes other images than a data set gives.
    public func requireImages(_ path: String) throws {
        let given = [ImageSet.channels, ImageSet.side, ImageSet.side]
        guard inputShape == given else { throw ToolError(.badData, "\(path.printable):/model: takes images of \(inputShape), not of \(given)") }
    }
}

import Images
import Networks
import SystemFiles
import Texts

extension ModelDescription {
    /// Throws `RunError` where the network of the file at `path` takes other images than a data set gives.
    public func requireImages(_ path: String) throws {
        let given = Architecture.reportShape
        guard inputShape == given else { throw RunError.badData("\(path.printable):/model: takes images of \(inputShape), not of \(given)") }
    }
}

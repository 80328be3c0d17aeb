/// The check of labels: that those of images are there where a network needs them, and classes that it knows.
public enum KnownLabels {
    /// The labels of images from `source`. Throws `RunError` for none, and for one that is not below `classes`.
    ///
    /// - Parameter network: what needs them, in words, such as `the reader`.
    @discardableResult
    public static func check(_ labels: [UInt16]?, of source: some CustomStringConvertible, below classes: Int, for network: String) throws -> [UInt16] {
        guard let labels else { throw RunError.badData("\(source): has no labels, which \(network) needs") }
        if let label = labels.first(where: { $0 >= classes }) { throw RunError.badData("\(source): has label \(label), but \(network) knows \(classes) classes") }
        return labels
    }
}

import Tensors

/// Which part of a data set.
public enum Split: String, Sendable, CaseIterable {
    case train, test
}

/// Where images come from. What goes wrong is an `ImageError`, a `SystemError`, or an `HDF5Error` about something in an HDF5 file.
public protocol DataSource: Sendable, CustomStringConvertible {
    /// Opens a split, or gives the one that is open. Throws as said above, also where there is none of the name.
    func open(_ split: Split) throws -> OpenSplit

    /// What labels of all splits stand for; empty where there are none. Throws as said above.
    func classNames() throws -> [String]

    /// What users should know of what was done with their data.
    var notices: Notices { get }

    /// The images of `split`, the first `limit` (at least 1) alone where it is given, in memory where there are few enough, else in place. Throws as said above.
    func load(_ split: Split, limit: Int?, _ preparation: Preparation) throws -> PreparedImages
}

extension DataSource {
    public func load(_ split: Split, limit: Int?, _ preparation: Preparation) throws -> PreparedImages {
        let (open, images) = try prepared(split, limit, preparation)
        return try PreparedImages(images.kept(notices, description), labels: open.labels.map { Array($0.prefix(images.count)) }, classNames: open.labels == nil ? [] : classNames())
    }

    /// The same images in place, however few they are. Throws likewise.
    public func inPlace(_ split: Split, limit: Int?, _ preparation: Preparation) throws -> PreparedImages {
        let (open, images) = try prepared(split, limit, preparation)
        return try PreparedImages(images.inPlace(), labels: open.labels.map { Array($0.prefix(images.count)) }, classNames: open.labels == nil ? [] : classNames())
    }

    /// The same images some at a time, in memory that does not grow with their number. Throws likewise.
    public func stream(_ split: Split, limit: Int?, _ preparation: Preparation) throws -> ImageStream {
        let (open, images) = try prepared(split, limit, preparation), names = open.labels == nil ? [] : try classNames()
        return ImageStream(count: images.count) { range in
            ImageSet(images.shape, try images.values(range), labels: open.labels.map { Array($0[range]) }, classNames: names)
        }
    }

    /// The split's images as they lie, with what makes them those of one shape.
    private func prepared(_ split: Split, _ limit: Int?, _ preparation: Preparation) throws -> (OpenSplit, StoredImages) {
        let open = try open(split)
        guard let shape = try preparation.shape(of: open.extent()) else {
            throw ImageError(description, "its images differ in size; --size makes them equal")
        }
        // Folders of pictures often mix both; an array is in colour because somebody wanted it so.
        if shape.channels == 1, open.storage.access != .decoded, try open.extent().channels == 3 { notices.add("\(description): colour images are turned gray") }
        return (open, StoredImages(open.storage, ImagePreparer(shape), count: min(limit ?? open.count, open.count)))
    }
}

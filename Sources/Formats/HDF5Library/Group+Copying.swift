import CHDF5
import HDF5Reader
import HDF5Types

extension Group {
    /// Copies the member `name` of a verified file's group, with all below it and its attributes, into this group. A copy of a copy has the same bytes.
    ///
    /// Throws `HDF5Error` for a member that is missing, and `SystemError` where the other file cannot be read.
    public func copy(_ name: String, of source: StoredGroup) throws {
        guard !source.holdsDataset(name) else { return try copyDataset(name, of: source) }
        let group = try source.group(name), made = try createGroup(name)
        for attribute in group.attributeNames() { try made.copyAttribute(attribute, of: group) }
        for member in group.names() { try made.copy(member, of: group) }
    }

    private func copyDataset(_ name: String, of source: StoredGroup) throws {
        let dataset = try source.dataset(name), text = try FixedText.type(of: dataset.elementType, at: dataset.place)
        let made = try createDataset(name, type: text?.id ?? dataset.elementType.id, shape: dataset.shape)
        let rows = dataset.shape.first ?? 1, bytesPerRow = rows == 0 ? 0 : dataset.byteCount / rows, step = max(1, (1 << 22) / max(1, bytesPerRow))
        for first in stride(from: 0, to: bytesPerRow == 0 ? 0 : rows, by: step) {
            let range = first..<min(rows, first + step)
            try made.write(rows: range, bytes: dataset.readBytes(range.lowerBound * bytesPerRow..<range.upperBound * bytesPerRow))
        }
        for attribute in dataset.attributeNames() { try made.copyAttribute(attribute, of: dataset) }
    }
}

extension HDF5Object {
    /// Puts an attribute of a verified file's object on this one.
    fileprivate func copyAttribute(_ name: String, of source: some StoredObject) throws {
        let attribute = try source.openAttribute(name), bytes = Array(attribute.bytes), text = try FixedText.type(of: attribute.elementType, at: attribute.place)
        let type = text?.id ?? attribute.elementType.id
        try Attribute.create(name, type: type, shape: attribute.shape, on: self) { H5Awrite($0, type, bytes) }
    }
}

import CHDF5
import HDF5Types

extension Group {
    /// A new dataset `name` of `shape` ([] for a scalar, a dimension may be 0), whose room in the file is taken at once, to be written in part
    /// or whole. Throws `HDF5Error`, as where the name is taken.
    public func createDataset<Element: HDF5Element>(_ name: String, of type: Element.Type, shape: [Int]) throws -> Dataset {
        try createDataset(name, type: Element.elementType.id, shape: shape)
    }

    /// A new dataset `name` that holds `values`, in row-major order of `shape`. Throws `HDF5Error`.
    @discardableResult
    public func write<Element: HDF5Element>(_ values: UnsafeBufferPointer<Element>, shape: [Int], as name: String) throws -> Dataset {
        let dataset = try createDataset(name, of: Element.self, shape: shape)
        try dataset.write(values)
        return dataset
    }

    /// A new dataset `name` that holds `values`, in row-major order of `shape`. Throws `HDF5Error`.
    @discardableResult
    public func write<Element: HDF5Element>(_ values: [Element], shape: [Int], as name: String) throws -> Dataset {
        try values.withUnsafeBufferPointer { try write($0, shape: shape, as: name) }
    }

    /// A new scalar dataset `name`. Throws `HDF5Error`.
    @discardableResult
    public func write<Element: HDF5Element>(_ value: Element, as name: String) throws -> Dataset { try write([value], shape: [], as: name) }

    /// A new scalar dataset `name` that holds `text` as fixed-length UTF-8. Throws `HDF5Error` for one with a zero character.
    @discardableResult
    public func write(_ text: String, as name: String) throws -> Dataset { try write([text], shape: [], as: name) }

    /// A new dataset `name` that holds `texts` as UTF-8, each in the length of the longest. Throws `HDF5Error` for one with a zero character.
    @discardableResult
    public func write(_ texts: [String], as name: String) throws -> Dataset { try write(texts, shape: [texts.count], as: name) }

    private func write(_ texts: [String], shape: [Int], as name: String) throws -> Dataset {
        let text = try FixedText(texts, at: newMember(name))
        let dataset = try createDataset(name, type: text.type.id, shape: shape)
        try dataset.transfer("H5Dwrite") { H5Dwrite($0, text.type.id, 0, 0, defaults, text.bytes) }
        return dataset
    }

    func createDataset(_ name: String, type: hid_t, shape: [Int]) throws -> Dataset {
        let place = try newMember(name)
        let space = try Dataspace(shape, at: place)
        let creation = try place.open("H5Pcreate", H5Pcreate(chdf5_dataset_creation()))
        try Group.keepAttributesCompact(creation, at: place)
        try place.check("H5Pset_layout", H5Pset_layout(creation.id, H5D_CONTIGUOUS))
        try place.check("H5Pset_alloc_time", H5Pset_alloc_time(creation.id, H5D_ALLOC_TIME_EARLY))
        let handle = try place.open("H5Dcreate2", H5Dcreate2(identifier, name, type, space.handle.id, defaults, creation.id, defaults))
        return try Dataset(file: file, handle: handle, path: place.object)
    }
}

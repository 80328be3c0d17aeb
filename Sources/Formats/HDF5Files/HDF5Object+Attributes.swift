import CHDF5

extension HDF5Object {
    /// Puts a single value on the object, in place of an older one of that name. Throws `HDF5Error`, as for text with a zero character.
    public func setAttribute<Element: AttributeElement>(_ name: String, to value: Element) throws {
        try Element.store([value], shape: [], as: name, on: self)
    }

    /// Puts a list on the object, which may be empty, in place of an older value. Throws `HDF5Error`, as for one of more than 64 KiB.
    public func setAttribute<Element: AttributeElement>(_ name: String, to values: [Element]) throws {
        try Element.store(values, shape: [values.count], as: name, on: self)
    }

    /// The single value of the attribute `name`. Throws `HDF5Error` for one that is missing, a list, or of another type.
    public func attribute<Element: AttributeElement>(_ name: String, as type: Element.Type = Element.self) throws -> Element {
        let attribute = try openAttribute(name)
        guard attribute.shape.isEmpty else { throw attribute.place.error("is a list of shape \(attribute.shape), not a single value") }
        return try Element.elements(of: attribute)[0]
    }

    /// The list in the attribute `name`. Throws `HDF5Error` for one that is missing, no list, or of another type.
    public func attribute<Element: AttributeElement>(_ name: String, as type: [Element].Type = [Element].self) throws -> [Element] {
        let attribute = try openAttribute(name)
        guard attribute.shape.count == 1 else { throw attribute.place.error("has the shape \(attribute.shape), which is no list") }
        return try Element.elements(of: attribute)
    }

    /// The attribute `name` with its shape and type. Throws `HDF5Error` for one that is missing.
    public func openAttribute(_ name: String) throws -> Attribute {
        let place = attributePlace(name)
        guard try hasAttribute(name) else { throw place.error("is missing") }
        return try Attribute(place.open("H5Aopen", H5Aopen(identifier, name, defaults)), at: place)
    }

    /// Whether the object has the attribute `name`. Throws `HDF5Error` where the file is damaged.
    public func hasAttribute(_ name: String) throws -> Bool {
        try attributePlace(name).check("H5Aexists", H5Aexists(identifier, name)) > 0
    }

    /// The attributes' names in the order of their bytes. Throws `HDF5Error` for one that is not UTF-8.
    public func attributeNames() throws -> [String] {
        var found: [String?] = []
        var index: hsize_t = 0
        try withUnsafeMutablePointer(to: &found) { found in
            _ = try place.check("H5Aiterate2", H5Aiterate2(identifier, H5_INDEX_NAME, H5_ITER_INC, &index, { _, name, _, context in
                guard let name, let found = context?.assumingMemoryBound(to: [String?].self) else { return 0 }
                found.pointee.append(String(validatingCString: name))
                return 0
            }, found))
        }
        return try found.map { name in
            guard let name else { throw place.error("an attribute's name is not UTF-8") }
            return name
        }
    }

    /// Where messages say that an attribute is: its object, then `@` and its name.
    func attributePlace(_ name: String) -> Place { Place(file: file.name, object: "\(path)@\(name)") }
}

import CHDF5
import HDF5Types

extension HDF5Object {
    /// Puts a number on the object, in place of an older value of that name. Throws `HDF5Error`.
    public func setAttribute<Number: HDF5Element>(_ name: String, to value: Number) throws { try store([value], shape: [], as: name) }

    /// Puts a list of numbers on the object, which may be empty, in place of an older value. Throws `HDF5Error`, as for one of more than 64 KiB.
    public func setAttribute<Number: HDF5Element>(_ name: String, to values: [Number]) throws { try store(values, shape: [values.count], as: name) }

    /// Puts a text on the object, in place of an older value. Throws `HDF5Error`, as for one with a zero character.
    public func setAttribute(_ name: String, to text: String) throws { try store([text], shape: [], as: name) }

    /// Puts a list of texts on the object, which may be empty, in place of an older value. Throws `HDF5Error`.
    public func setAttribute(_ name: String, to texts: [String]) throws { try store(texts, shape: [texts.count], as: name) }

    private func store<Number: HDF5Element>(_ values: [Number], shape: [Int], as name: String) throws {
        try Attribute.create(name, type: Number.elementType.id, shape: shape, on: self) { H5Awrite($0, Number.elementType.id, values) }
    }

    private func store(_ texts: [String], shape: [Int], as name: String) throws {
        let text = try FixedText(texts, at: place.attribute(name))
        try Attribute.create(name, type: text.type.id, shape: shape, on: self) { H5Awrite($0, text.type.id, text.bytes) }
    }

    /// The attribute `name` with its shape and type. Throws `HDF5Error` for one that is missing.
    public func openAttribute(_ name: String) throws -> Attribute {
        let place = place.attribute(name)
        guard try hasAttribute(name) else { throw place.error("is missing") }
        return try Attribute(place.open("H5Aopen", H5Aopen(identifier, name, defaults)), at: place)
    }

    /// Whether the object has the attribute `name`. Throws `HDF5Error` where the file is damaged.
    public func hasAttribute(_ name: String) throws -> Bool {
        try place.attribute(name).check("H5Aexists", H5Aexists(identifier, name)) > 0
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
}

import CHDF5

/// An identifier of libhdf5's, given back with the object that owns it.
final class Handle {
    /// The identifier, or -1 after `take`.
    private(set) var id: hid_t

    init(_ id: hid_t) { self.id = id }

    deinit {
        // A file that was closed has taken its objects along; that is no error, and must not be printed as one. After a failure of the disk
        // libhdf5 would try to write again what it could not, and has freed some of it.
        guard id >= 0, !Library.isBroken, (try? Library.start()) != nil else { return }
        // Closing may write, and fail in its turn.
        if H5Idec_ref(id) < 0, Library.lastFailure().errno != nil { Library.noteBroken() }
    }

    /// The identifier, which the caller now closes.
    func take() -> hid_t {
        defer { id = -1 }
        return id
    }
}

/// libhdf5's default property list.
let defaults: hid_t = 0

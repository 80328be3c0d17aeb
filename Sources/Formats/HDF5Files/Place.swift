import CHDF5

/// An object of a file, for messages; and the one funnel from libhdf5's statuses to errors.
struct Place: Sendable {
    /// The file as the user named it.
    let file: String
    /// The object's path in the file.
    let object: String

    /// The place of a member of this group.
    func member(_ name: String) -> Place { Place(file: file, object: object == "/" ? "/\(name)" : "\(object)/\(name)") }

    /// The error that says what is wrong here.
    func error(_ reason: String) -> HDF5Error { HDF5Error(file: file, object: object, reason: reason) }

    /// Makes the call named `name`; gives what it gives. Throws `HDF5Error` with libhdf5's own messages when that is negative.
    @discardableResult
    func check<Status: SignedInteger>(_ name: StaticString, _ call: @autoclosure () -> Status) throws -> Status {
        try Library.start()
        let status = call()
        if status >= 0 { return status }
        let failure = Library.lastFailure()
        // A file that could not be opened or begun leaves nothing behind.
        if failure.errno != nil, "\(name)" != "H5Fopen", "\(name)" != "H5Fcreate" { Library.noteBroken() }
        throw HDF5Error(file: file, object: object, reason: failure.reason, call: "\(name)", errno: failure.errno)
    }

    /// The handle that the call named `name` opens. Throws as `check` does.
    func open(_ name: StaticString, _ call: @autoclosure () -> hid_t) throws -> Handle { Handle(try check(name, call())) }
}

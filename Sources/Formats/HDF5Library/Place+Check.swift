import CHDF5
import HDF5Types

/// The one funnel from libhdf5's statuses to errors.
extension Place {
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

import Texts

/// Something in or about an HDF5 file that is not as it must be.
public struct HDF5Error: Error, Equatable, CustomStringConvertible {
    /// The file as the user named it.
    public let file: String
    /// The object's path in the file, such as `/model/weights`; `/` for the file itself.
    public let object: String
    /// What is wrong, in a few words.
    public let reason: String
    /// The function of libhdf5 that failed, nil where this library found the fault.
    public let call: String?
    /// The system's error number where the disk and not the file is at fault, such as `ENOSPC`.
    public let errno: Int32?

    public init(file: String, object: String, reason: String, call: String? = nil, errno: Int32? = nil) {
        self.file = file
        self.object = object
        self.reason = reason
        self.call = call
        self.errno = errno
    }

    /// One line: `FILE:/object: what is wrong`, for the file itself `FILE: what is wrong`.
    public var description: String {
        let place = object == "/" ? file : "\(file):\(object)"
        return "\(place): \(reason)\(call.map { " (\($0))" } ?? "")".printable
    }
}

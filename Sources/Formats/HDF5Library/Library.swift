import CHDF5
import HDF5Types
import Platform
import Synchronization

/// The state of libhdf5 itself.
enum Library {
    /// Begun once: no filter is loaded from a folder that the environment names, and nothing is left to do at exit, for files are closed by hand.
    private static let isStarted: Bool = H5dont_atexit() >= 0 && H5open() >= 0 && H5PLset_loading_state(0) >= 0

    /// Makes the library ready on this thread. It keeps a stack of errors for each thread, and prints it unless each is told not to.
    static func start() throws {
        guard isStarted else { throw HDF5Error(file: "libhdf5", object: "/", reason: "cannot be started") }
        H5Eset_auto2(noStack, nil, nil)
    }

    /// The current thread's stack of errors.
    private static let noStack: hid_t = 0

    private static let broken = Atomic<Bool>(false)

    /// Whether the system has failed under libhdf5, which then is not sound enough to be told to close anything.
    static var isBroken: Bool { broken.load(ordering: .relaxed) }
    static func noteBroken() { broken.store(true, ordering: .relaxed) }

    /// What libhdf5 says of its last failure: in general and in particular, in one line; and the system's error number behind it, if there is one.
    static func lastFailure() -> (reason: String, errno: Int32?) {
        var messages: [String] = []
        _ = withUnsafeMutablePointer(to: &messages) { messages in
            H5Ewalk2(noStack, H5E_WALK_DOWNWARD, { _, entry, context in
                guard let text = entry?.pointee.desc, let messages = context?.assumingMemoryBound(to: [String].self) else { return 0 }
                messages.pointee.append(String(cString: text))
                return 0
            }, messages)
        }
        guard let general = messages.first, let particular = messages.last else { return ("failed without a reason", nil) }
        // Such a message also tells time, addresses and the temporary file's name: of these only the number is for the user.
        if let number = messages.lazy.compactMap(systemNumber).first { return (String(cString: strerror(number)), number) }
        return (general == particular ? general : "\(general): \(particular)", nil)
    }

    /// The number in a message of the form `..., errno = 28, error message = '...'`.
    private static func systemNumber(in message: String) -> Int32? {
        message.split(separator: ", ").lazy.compactMap { $0.hasPrefix("errno = ") ? Int32($0.dropFirst("errno = ".count)) : nil }.first
    }
}

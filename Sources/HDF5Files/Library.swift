import CHDF5

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

    /// What libhdf5 says of its last failure, in one line, from the general to the particular.
    static func messages() -> String {
        var found: [String] = []
        _ = withUnsafeMutablePointer(to: &found) { found in
            H5Ewalk2(noStack, H5E_WALK_DOWNWARD, { _, entry, context in
                guard let text = entry?.pointee.desc, let found = context?.assumingMemoryBound(to: [String].self) else { return 0 }
                let message = String(cString: text)
                if !message.isEmpty && !found.pointee.contains(message) { found.pointee.append(message) }
                return 0
            }, found)
        }
        return found.isEmpty ? "failed without a reason" : found.joined(separator: ": ")
    }
}

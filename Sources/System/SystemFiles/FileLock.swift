import Platform

/// An advisory lock that one process holds at a time, such as a trainer's on its output. It ends with the process, however that ends.
public final class FileLock {
    private let path: String
    private var file: Descriptor?

    /// Takes the lock of the output at `output`, kept in the file `.NAME.lock` beside it, without waiting.
    ///
    /// Throws `SystemError`: `EWOULDBLOCK` where another holds it, or what the system says of the folder.
    public convenience init(beside output: String) throws {
        let target = try Target(output)
        try self.init(path: target.sibling(".\(target.last).lock"), named: output)
    }

    /// Takes the lock kept in the file at `path`, which is made; messages speak of `name`.
    init(path: String, named name: String) throws {
        self.path = path
        while true {
            let file = try Descriptor(opening: path, O_RDWR | O_CREAT, named: name)
            if Descriptor.retry({ Int(flock(file.number, LOCK_EX | LOCK_NB)) }) != 0 {
                throw SystemError.last(name, errno == EWOULDBLOCK ? "is in use by another process" : "cannot lock")
            }
            // The last holder may have removed the file between the two calls; a lock on a removed file locks nothing.
            let mine = try file.status()
            var current = stat()
            if stat(path, &current) == 0 && current.st_ino == mine.st_ino && current.st_dev == mine.st_dev {
                self.file = file
                return
            }
        }
    }

    /// Ends the lock and removes its file, as `deinit` does.
    public func release() {
        guard file != nil else { return }
        // Removed while held, so that nobody else's lock is taken away.
        unlink(path)
        file = nil
    }

    deinit { release() }
}

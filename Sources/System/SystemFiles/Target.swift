import Platform

/// Where a path leads: what stands there, after symbolic links.
struct Target {
    /// The path as the user named it.
    let name: String
    /// The path with its last component's symbolic links followed, so that a file is replaced and not the link to it.
    let path: String
    /// What stands there now, nil for nothing.
    let status: stat?

    /// Throws `SystemError` for a path that cannot be examined, such as one through a missing folder's file or a ring of links.
    init(_ name: String) throws {
        self.name = name
        path = try Self.follow(name)
        var status = stat()
        if stat(name, &status) == 0 {
            self.status = status
        } else if errno == ENOENT {
            self.status = nil
        } else {
            throw SystemError.last(name, "cannot create")
        }
    }

    /// The folder that holds the file.
    var folder: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// The file's name in its folder.
    var last: String { String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]) }

    /// A path beside the file.
    func sibling(_ name: String) -> String { folder + "/" + name }

    var isFolder: Bool { kind == S_IFDIR }
    var isRegular: Bool { kind == S_IFREG }

    /// The descriptor that the path stands for, such as 1 for `/dev/stdout`.
    var descriptor: Int32? {
        switch name {
        case "/dev/stdout": return 1
        case "/dev/stderr": return 2
        default:
            let prefix = ["/dev/fd/", "/proc/self/fd/"].first { name.hasPrefix($0) }
            return prefix.flatMap { Int32(name.dropFirst($0.count)) }
        }
    }

    private var kind: mode_t? { status.map { $0.st_mode & S_IFMT } }

    private static func follow(_ name: String) throws -> String {
        var path = name
        for _ in 0..<40 {
            let size = Int(PATH_MAX)
            let link = String(unsafeUninitializedCapacity: size) { max(0, readlink(path, $0.baseAddress!, size)) }
            if link.isEmpty { return path }
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            path = link.hasPrefix("/") ? link : folder + link
        }
        throw SystemError(path: name, what: "cannot open", errno: ELOOP)
    }
}

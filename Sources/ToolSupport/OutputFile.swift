import SystemFiles

/// What tools ask of the name of an output.
public enum OutputFile {
    /// Throws `ToolError` for a name without one of the endings, where there are such, and for a file that is read too.
    public static func check(_ path: String, endings: [String] = [], inputs: [String]) throws {
        guard endings.isEmpty || endings.contains(where: path.hasSuffix) else {
            throw ToolError.usage("-o \(path) ends in none of \(endings.joined(separator: ", ")), which say the format")
        }
        if let identity = FileIdentity(path), inputs.contains(where: { FileIdentity($0) == identity }) {
            throw ToolError.usage("\(path) is read, and would be replaced by the output: -o names another file")
        }
    }
}

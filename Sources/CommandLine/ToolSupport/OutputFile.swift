import Platform
import SystemFiles

/// What tools ask of the name of an output.
public enum OutputFile {
    /// Throws `ToolError` for a name that is empty, as an unset variable of a shell makes it.
    public static func checkName(_ path: String) throws {
        if path.isEmpty { throw ToolError.usage("-o is empty: it names the file to write") }
    }

    /// Throws `ToolError` for an empty name or one without one of the endings, where there are such, and for a file that is read too.
    public static func check(_ path: String, endings: [String] = [], inputs: [String]) throws {
        try checkName(path)
        guard endings.isEmpty || endings.contains(where: path.hasSuffix) else {
            throw ToolError.usage("-o \(path) ends in none of \(endings.joined(separator: ", ")), which say the format")
        }
        if let identity = FileIdentity(path), inputs.contains(where: { FileIdentity($0) == identity }) {
            throw ToolError.usage("\(path) is read, and would be replaced by the output: -o names another file")
        }
    }
}

import HDF5Types
import Images
import Networks
import Platform
import PNGFiles
import Requests
import SystemFiles
import Tensors

/// The exit codes of all tools, from sysexits.h.
public enum ExitStatus: Int32, Sendable, Comparable {
    case usage = 64, badData = 65, noInput = 66, cannotCreate = 73, inputOutput = 74, locked = 75

    public static func < (a: ExitStatus, b: ExitStatus) -> Bool { a.rawValue < b.rawValue }

    /// The code that an error asks for.
    public init(of error: any Error) {
        self = switch error {
        case let error as ToolError: error.status
        case let error as RunError: Self.status(of: error)
        case let error as SystemError: Self.status(of: error)
        // The disk is at fault, not the file.
        case let error as HDF5Error where error.errno != nil: .inputOutput
        case let error as ImageError: Self.status(of: error)
        case is KernelError: .usage
        default: .badData
        }
    }

    private static func status(of error: SystemError) -> ExitStatus {
        switch error.errno {
        case EWOULDBLOCK: .locked
        case ENOSPC, EIO, EDQUOT, EFBIG, EPIPE: .inputOutput
        default: error.isOfOutput ? .cannotCreate : [ENOENT, EACCES, EISDIR, ENOTDIR, EPERM, ELOOP].contains(error.errno) ? .noInput : .inputOutput
        }
    }

    private static func status(of error: RunError) -> ExitStatus {
        switch error.kind {
        case .request: .usage
        case .badData: .badData
        case .exists: .cannotCreate
        }
    }

    private static func status(of error: ImageError) -> ExitStatus {
        switch error.kind {
        case .noInput: .noInput
        case .badData: .badData
        case .inputOutput: .inputOutput
        }
    }
}

extension SystemError {
    /// Whether an output could not be made, rather than an input read.
    var isOfOutput: Bool { what.hasPrefix("cannot create") || what.hasPrefix("cannot replace") || what.hasPrefix("cannot write") }
}

/// An error of a tool's own, with its exit code.
public struct ToolError: Error, CustomStringConvertible {
    public let status: ExitStatus
    public let description: String

    public init(_ status: ExitStatus, _ description: String) { (self.status, self.description) = (status, description) }

    public static func usage(_ text: String) -> ToolError { ToolError(.usage, text) }
}

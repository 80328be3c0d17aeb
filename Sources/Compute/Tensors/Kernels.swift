import CKernels
import Platform

/// The kernels of the best level that this processor has, or of the level that `AEKIT_CPU` (base, v3 or v4) names.
public enum Kernels {
    // A constant table of C functions, which touch only what they are given.
    public nonisolated(unsafe) static let table: aek_kernels = (forced ?? aek_kernels_for(nil)!).pointee

    /// The level in use: "base", "v3" or "v4".
    public static var level: String { String(cString: table.name) }

    /// Throws where `AEKIT_CPU` names a level that this processor, or this build, lacks.
    public static func check() throws(KernelError) {
        if let name = requested, forced == nil { throw KernelError(level: name) }
    }

    private static var requested: String? { Environment.variable("AEKIT_CPU") }
    private static var forced: UnsafePointer<aek_kernels>? { requested.flatMap { aek_kernels_for($0) } }
}

public struct KernelError: Error, CustomStringConvertible {
    public let level: String
    public var description: String { "AEKIT_CPU=\(level): this processor has no such level of kernels (base, v3 and v4 exist)" }
}

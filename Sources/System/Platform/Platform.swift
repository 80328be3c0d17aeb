// The C library under one name, whatever the system calls it: the only place that asks which one it is.
#if canImport(Glibc)
@_exported import Glibc
#elseif canImport(Musl)
@_exported import Musl
#else
@_exported import Darwin
#endif

public enum Clock {
    /// Seconds since some moment in the past, which no change of the date moves.
    public static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

public enum Processors {
    /// The processors that the system runs on now.
    public static var count: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

public enum Environment {
    /// The variable's value; nil where it is not set, or empty.
    public static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// Names of `setrlimit` and `getrusage`, which Glibc's headers have as enumerations and others as numbers.
public enum Resource {
    #if canImport(Glibc)
    public static let core = Int32(RLIMIT_CORE.rawValue), processor = Int32(RLIMIT_CPU.rawValue)
    public static let addresses = Int32(RLIMIT_AS.rawValue), itself = RUSAGE_SELF.rawValue
    #else
    public static let core = RLIMIT_CORE, processor = RLIMIT_CPU, addresses = RLIMIT_AS, itself = RUSAGE_SELF
    #endif
}

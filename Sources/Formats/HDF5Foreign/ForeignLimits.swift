import Platform

/// What a process that reads a stranger's file may take: libhdf5 can be brought to loop for ever and to take all memory.
struct ForeignLimits {
    /// Seconds of the processor's time for a question, and for one after elements, whose chunks may be large.
    private static let seconds: rlim_t = 1, secondsOfReading: rlim_t = 60
    /// Bytes beyond what the process has to begin with, likewise.
    private static let bytes: rlim_t = 192 << 20, bytesOfReading: rlim_t = 1 << 30

    private let atStart: rlim_t

    init() {
        atStart = Self.addressSpace
        Self.limit(Resource.core, 0)
        // Whoever started us may have held back the signal that ends a process at its limit.
        signal(SIGXCPU, SIG_DFL)
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGXCPU)
        sigprocmask(SIG_UNBLOCK, &signals, nil)
    }

    mutating func begin(isRead: Bool) {
        var usage = rusage()
        if getrusage(Resource.itself, &usage) == 0 {
            // The second that has begun does not count.
            let used = rlim_t(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + 1
            Self.limit(Resource.processor, used + (isRead ? Self.secondsOfReading : Self.seconds))
        }
        if atStart > 0 { Self.limit(Resource.addresses, atStart + (isRead ? Self.bytesOfReading : Self.bytes)) }
    }

    /// Lowers or raises a limit, within the hardest that the user has set.
    private static func limit(_ resource: Int32, _ value: rlim_t) {
        var old = rlimit()
        guard getrlimit(resource, &old) == 0 else { return }
        old.rlim_cur = min(value, old.rlim_max)
        setrlimit(resource, &old)
    }

    /// The bytes of addresses that the process has; 0 where the system does not say.
    private static var addressSpace: rlim_t {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 64)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        return rlim_t(strtoull(line, nil, 10)) * rlim_t(sysconf(Int32(_SC_PAGESIZE)))
    }
}

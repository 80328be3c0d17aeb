import Platform
import Synchronization

/// SIGINT and SIGTERM as a request to finish the step, save and end.
public enum Signals {
    private static let received = Atomic<Int32>(0)

    /// From now on the first of these signals is noted; a second SIGINT ends the tool at once.
    public static func watch() {
        var watched = sigset_t()
        sigemptyset(&watched)
        for number in [SIGINT, SIGTERM] {
            sigaddset(&watched, number)
            signal(number) { number in
                if Signals.received.exchange(number, ordering: .relaxed) != 0 { _exit(128 + number) }
            }
        }
        // Whoever started the tool may have left them blocked, as threads of a pool have them.
        pthread_sigmask(SIG_UNBLOCK, &watched, nil)
    }

    /// The signal that came; 0 for none.
    public static var pending: Int32 { received.load(ordering: .relaxed) }
}

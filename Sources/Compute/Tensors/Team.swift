import CKernels
import Platform
import Synchronization

/// Threads that run one function together and meet at barriers. They spin for a while before they sleep, for the work between
/// two barriers is often a few microseconds.
public final class Team {
    public let size: Int
    private let shared: Shared
    private var threads: [pthread_t] = []

    /// - Parameters:
    ///   - size: threads in all, the caller's among them. Fewer are made where the system refuses more.
    ///   - flushesDenormals: whether denormal numbers count as zero in a run. Kernels want it; whole jobs, which are to give what they give alone, do not.
    public init(size: Int, flushesDenormals: Bool = true) {
        precondition(size > 0, "a team has at least one member")
        shared = Shared(size: size, flushesDenormals: flushesDenormals)
        for index in 1..<max(size, 1) {
            let start = Unmanaged.passRetained(Start(shared: shared, index: index))
            guard let thread = Self.spawn(start) else { start.release(); break }
            threads.append(thread)
        }
        self.size = threads.count + 1
        shared.size = self.size
    }

    deinit {
        shared.dispatch(nil)
        for thread in threads { pthread_join(thread, nil) }
    }

    /// Runs `body` once on every thread, and returns when all have finished.
    public func run(_ body: (Member) -> Void) {
        let mode = shared.flushesDenormals ? aek_flush_denormals() : nil
        defer { if let mode { aek_restore_denormals(mode) } }
        withoutActuallyEscaping(body) { body in
            shared.dispatch(body)
            body(Member(index: 0, count: size, shared: shared))
            shared.waitForOthers()
        }
    }

    private static func spawn(_ start: Unmanaged<Start>) -> pthread_t? {
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { argument in
            let start = Unmanaged<Start>.fromOpaque(argument!).takeRetainedValue()
            start.shared.work(as: start.index)
            return nil
        }, start.toOpaque())
        return status == 0 ? thread : nil
    }
}

private final class Start {
    let shared: Shared, index: Int
    init(shared: Shared, index: Int) { (self.shared, self.index) = (shared, index) }
}

/// One thread's part in a run.
public struct Member {
    public let index: Int
    public let count: Int
    fileprivate let shared: Shared?

    /// The only thread of a run.
    public static var alone: Member { Member(index: 0, count: 1, shared: nil) }

    /// Returns when every thread of the run has called it: what each wrote before, all see after.
    public func barrier() {
        if count > 1 { shared?.barrier() }
    }

    /// This thread's share of `count` items: contiguous, and equal but for one item.
    public func share(of items: Int) -> Range<Int> {
        items * index / count..<items * (index + 1) / count
    }
}

/// What the threads share. Atomics order every access to `size` and `body`, which is why this may be called Sendable.
private final class Shared: @unchecked Sendable {
    var size: Int
    let flushesDenormals: Bool
    private var body: ((Member) -> Void)?
    private let generation = Atomic<Int>(0), running = Atomic<Int>(0)
    private let arrived = Atomic<Int>(0), phase = Atomic<Int>(0)
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>, wake: UnsafeMutablePointer<pthread_cond_t>

    init(size: Int, flushesDenormals: Bool) {
        (self.size, self.flushesDenormals) = (size, flushesDenormals)
        mutex = .allocate(capacity: 1)
        wake = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(wake, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(wake)
        mutex.deallocate()
        wake.deallocate()
    }

    /// Starts the other threads on `body`; nil ends them.
    func dispatch(_ body: ((Member) -> Void)?) {
        guard size > 1 else { return }
        self.body = body
        running.store(size - 1, ordering: .relaxed)
        pthread_mutex_lock(mutex)
        generation.wrappingAdd(1, ordering: .releasing)
        pthread_cond_broadcast(wake)
        pthread_mutex_unlock(mutex)
    }

    func waitForOthers() {
        guard size > 1 else { return }
        spin { running.load(ordering: .acquiring) == 0 }
        body = nil
    }

    func work(as index: Int) {
        if flushesDenormals { _ = aek_flush_denormals() }
        var seen = 0
        while true {
            awaitDispatch(after: seen)
            seen += 1
            guard perform(as: index) else { return }
            running.wrappingSubtract(1, ordering: .acquiringAndReleasing)
        }
    }

    /// Runs the body, if there is one. A function of its own, so that this thread holds no reference to the body once it says that it is done.
    @inline(never)
    private func perform(as index: Int) -> Bool {
        guard let body else { return false }
        body(Member(index: index, count: size, shared: self))
        return true
    }

    private func awaitDispatch(after seen: Int) {
        for _ in 0..<4000 {
            if generation.load(ordering: .acquiring) != seen { return }
            aek_pause()
        }
        pthread_mutex_lock(mutex)
        while generation.load(ordering: .acquiring) == seen { pthread_cond_wait(wake, mutex) }
        pthread_mutex_unlock(mutex)
    }

    func barrier() {
        let now = phase.load(ordering: .relaxed)
        if arrived.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue == size {
            arrived.store(0, ordering: .relaxed)
            phase.store(now + 1, ordering: .releasing)
        } else {
            spin { phase.load(ordering: .acquiring) != now }
        }
    }

    /// Waits for work of microseconds; gives the processor away where another thread holds it.
    private func spin(until done: () -> Bool) {
        var tries = 0
        while !done() {
            tries += 1
            if tries < 2000 { aek_pause() } else { sched_yield() }
        }
    }
}

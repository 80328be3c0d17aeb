import Synchronization

/// Values that are made when they are first wanted, and then kept.
final class Once<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let values = Mutex<[Key: Value]>([:])

    /// The value of `key`. Throws what `make` throws; it is then called again the next time.
    func value(_ key: Key, _ make: () throws -> Value) throws -> Value {
        if let value = values.withLock({ $0[key] }) { return value }
        let value = try make()
        return values.withLock { values in
            if let other = values[key] { return other }
            values[key] = value
            return value
        }
    }
}

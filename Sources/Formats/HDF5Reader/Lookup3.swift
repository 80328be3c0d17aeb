/// The checksum of HDF5's metadata: Bob Jenkins' lookup3 with a start value of zero ("Appendix A" of the specification refers to it).
public enum Lookup3 {
    /// The size in bytes of a stored checksum, which is little-endian and follows the bytes that it covers.
    public static let byteCount = 4

    /// The checksum of `bytes`.
    public static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
        bytes.withUnsafeBytes { bytes in
            let start = 0xDEAD_BEEF &+ UInt32(truncatingIfNeeded: bytes.count)
            var state = State(a: start, b: start, c: start), position = 0
            // The last block, even a whole one, is mixed in another way.
            while bytes.count - position > State.byteCount {
                state.add(UnsafeRawBufferPointer(rebasing: bytes[position..<position + State.byteCount]))
                state.mix()
                position += State.byteCount
            }
            if position == bytes.count { return state.c }
            withUnsafeTemporaryAllocation(byteCount: State.byteCount, alignment: 4) { last in
                last.initializeMemory(as: UInt8.self, repeating: 0)
                last.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[position...]))
                state.add(UnsafeRawBufferPointer(last))
            }
            state.finish()
            return state.c
        }
    }

    /// Whether the last four bytes are the checksum of those before.
    static func isRight(_ block: [UInt8]) -> Bool {
        #if AEKIT_FUZZING
        // A fuzzer cannot guess checksums.
        return true
        #else
        guard block.count >= byteCount else { return false }
        let stored = block.suffix(byteCount).reversed().reduce(0) { $0 << 8 | UInt32($1) }
        return stored == checksum(block.dropLast(byteCount))
        #endif
    }
}

/// Three words that blocks of twelve bytes are mixed into.
private struct State {
    static let byteCount = 12

    var a: UInt32, b: UInt32, c: UInt32

    mutating func add(_ block: UnsafeRawBufferPointer) {
        a &+= UInt32(littleEndian: block.loadUnaligned(as: UInt32.self))
        b &+= UInt32(littleEndian: block.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        c &+= UInt32(littleEndian: block.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    }

    mutating func mix() {
        Self.mix(&a, &c, &b, 4)
        Self.mix(&b, &a, &c, 6)
        Self.mix(&c, &b, &a, 8)
        Self.mix(&a, &c, &b, 16)
        Self.mix(&b, &a, &c, 19)
        Self.mix(&c, &b, &a, 4)
    }

    private static func mix(_ x: inout UInt32, _ y: inout UInt32, _ z: inout UInt32, _ bits: UInt32) {
        x = (x &- y) ^ rotate(y, bits)
        y &+= z
    }

    mutating func finish() {
        Self.finish(&c, b, 14)
        Self.finish(&a, c, 11)
        Self.finish(&b, a, 25)
        Self.finish(&c, b, 16)
        Self.finish(&a, c, 4)
        Self.finish(&b, a, 14)
        Self.finish(&c, b, 24)
    }

    private static func finish(_ x: inout UInt32, _ y: UInt32, _ bits: UInt32) { x = (x ^ y) &- rotate(y, bits) }

    private static func rotate(_ word: UInt32, _ bits: UInt32) -> UInt32 { word << bits | word >> (32 - bits) }
}

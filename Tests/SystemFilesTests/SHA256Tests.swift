import SystemFiles
import TestSupport
import Testing

struct SHA256Tests {
    /// Bytes that the script below makes too.
    static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) } }

    @Test func agreesWithHashlib() throws {
        let sizes = [0, 1, 55, 56, 63, 64, 65, 1000, 100_003]
        let expected = try Python.run("""
            import hashlib, sys
            for n in map(int, sys.argv[1:]):
                print(hashlib.sha256(bytes((i * 7 + (i >> 8)) & 255 for i in range(n))).hexdigest())
            """, sizes.map(String.init)).split(separator: "\n").map(String.init)
        #expect(sizes.map { SHA256.hex(SHA256.digest(Self.bytes($0))) } == expected)
    }

    @Test func piecesGiveTheDigestOfTheWhole() {
        let bytes = Self.bytes(1000)
        var hash = SHA256()
        for start in stride(from: 0, to: 1000, by: 37) { hash.update(Array(bytes[start..<min(start + 37, 1000)])) }
        #expect(hash.finalize() == SHA256.digest(bytes))
        hash.update(bytes)
        #expect(hash.finalize() == SHA256.digest(bytes))
    }
}

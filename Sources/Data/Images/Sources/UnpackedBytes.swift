import CZlib
import Platform
import SystemFiles

/// A file's content from the front, in constant memory: as it is, or inflated where they begin as gzip does (RFC 1952; members follow one another). Threads that share it
/// take turns by a lock of theirs.
final class UnpackedBytes: @unchecked Sendable {
    private let path: String
    private let file: Descriptor
    /// Where the file is read next: others may read the same open file.
    private var offset = 0
    /// The bytes that are left of the file, those of the buffer included.
    private var left: Int
    /// The next bytes of the file, from `position` to `end`.
    private var buffer: [UInt8]
    private var position = 0, end = 0
    /// nil where the bytes are not packed. zlib keeps its address, so it does not move.
    private var inflater: UnsafeMutablePointer<z_stream>?

    private static let gzip: [UInt8] = [0x1F, 0x8B]

    /// The content of an open regular file, from its first byte. Throws `ImageError`, which names it `path`.
    init(_ file: Descriptor, _ path: String) throws {
        (self.file, self.path) = (file, path)
        left = Int(try Paths.translated(path) { try file.status() }.st_size)
        buffer = [UInt8](repeating: 0, count: 1 << 18)
        guard try startsGzip() else { return }
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        inflater = stream
        // 16 says gzip alone, 15 its whole window.
        guard inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw ImageError(path, "zlib cannot begin", kind: .inputOutput)
        }
    }

    deinit {
        if let inflater {
            inflateEnd(inflater)
            inflater.deallocate()
        }
    }

    var isPacked: Bool { inflater != nil }
    /// The most bytes that can follow: deflate makes no byte into more than 1032.
    var bound: Int { inflater == nil ? left : left * 1032 }

    /// The next `count` bytes into `target`. Throws `ImageError` where they are damaged or too few.
    func read(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws {
        guard try next(count, into: target) == count else { throw ImageError(path, "the file ends too early") }
    }

    /// Passes over the next `count` bytes. Throws likewise.
    func skip(_ count: Int) throws {
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: min(count, 1 << 16)) { buffer in
            var rest = count
            while rest > 0 {
                let part = min(rest, buffer.count)
                try read(part, into: buffer.baseAddress!)
                rest -= part
            }
        }
    }

    /// Throws `ImageError` unless everything has been read and gzip's checksum is right.
    func expectEnd() throws {
        var byte: UInt8 = 0
        guard try next(1, into: &byte) == 0 else { throw ImageError(path, "there are bytes after the data") }
    }

    /// Makes sure that the buffer holds `least` bytes, unless the file has fewer left.
    private func fill(_ least: Int = 1) throws {
        while end - position < min(least, left) {
            _ = buffer.withUnsafeMutableBytes { memmove($0.baseAddress!, $0.baseAddress! + position, end - position) }
            (position, end) = (0, end - position)
            let got = try Paths.translated(path) { [end, offset] in
                try buffer.withUnsafeMutableBytes { try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[end...]), at: offset) }
            }
            offset += got
            guard got > 0 else { throw ImageError(path, "the file became shorter while it was read") }
            end += got
        }
    }

    private func take(_ count: Int) {
        position += count
        left -= count
    }

    private func startsGzip() throws -> Bool {
        try fill(Self.gzip.count)
        return buffer[position..<end].starts(with: Self.gzip)
    }

    /// Up to `count` bytes into `target`; fewer only at the end.
    private func next(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws -> Int {
        var done = 0
        while done < count {
            guard left > 0 || inflater != nil else { return done }
            try fill()
            guard let inflater else {
                let available = min(count - done, end - position, left)
                buffer.withUnsafeBufferPointer { (target + done).update(from: $0.baseAddress! + position, count: available) }
                take(available)
                done += available
                continue
            }
            let (status, made) = inflateSome(inflater, count - done, into: target + done)
            done += made
            switch status {
            case Z_STREAM_END:
                if left == 0 { return done }
                guard try startsGzip() else { throw ImageError(path, "there are bytes after the gzip data") }
                inflateReset(inflater)
            case Z_OK where done == count || left > 0: continue
            case Z_OK, Z_BUF_ERROR: throw ImageError(path, "the gzip data end too early")
            default: throw ImageError(path, "the gzip data are damaged")
            }
        }
        return done
    }

    private func inflateSome(_ inflater: UnsafeMutablePointer<z_stream>, _ count: Int, into target: UnsafeMutablePointer<UInt8>) -> (status: Int32, made: Int) {
        let room = min(count, 1 << 30), start = position, available = end - position
        let status = buffer.withUnsafeMutableBufferPointer { buffer in
            inflater.pointee.next_in = buffer.baseAddress! + start
            inflater.pointee.avail_in = uInt(available)
            inflater.pointee.next_out = target
            inflater.pointee.avail_out = uInt(room)
            return inflate(inflater, Z_NO_FLUSH)
        }
        take(available - Int(inflater.pointee.avail_in))
        return (status, room - Int(inflater.pointee.avail_out))
    }
}

import CZlib

/// The content of a file's bytes from the front: as they are, or inflated where they begin as gzip does (RFC 1952; members follow one another).
final class UnpackedBytes {
    private let path: String
    private let packed: [UInt8]
    private var position = 0
    /// nil where the bytes are not packed. zlib keeps its address, so it does not move.
    private let inflater: UnsafeMutablePointer<z_stream>?

    /// The content of `packed`, which came from `path`. Throws `ImageError` where zlib cannot begin.
    init(_ packed: [UInt8], path: String) throws {
        self.path = path
        self.packed = packed
        guard packed.starts(with: [0x1F, 0x8B]) else {
            inflater = nil
            return
        }
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

    /// The most bytes that can follow: deflate makes no byte into more than 1032.
    var bound: Int { inflater == nil ? packed.count - position : packed.count * 1032 }

    /// The next `count` bytes into `target`. Throws `ImageError` where they are damaged or too few.
    func read(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws {
        guard try next(count, into: target) == count else { throw ImageError(path, "the file ends too early") }
    }

    /// Throws `ImageError` unless everything has been read and gzip's checksum is right.
    func expectEnd() throws {
        var byte: UInt8 = 0
        guard try next(1, into: &byte) == 0 else { throw ImageError(path, "there are bytes after the data") }
    }

    /// Up to `count` bytes into `target`; fewer only at the end.
    private func next(_ count: Int, into target: UnsafeMutablePointer<UInt8>) throws -> Int {
        guard let inflater else {
            let available = min(count, packed.count - position)
            packed.withUnsafeBufferPointer { target.update(from: $0.baseAddress! + position, count: available) }
            position += available
            return available
        }
        return try packed.withUnsafeBufferPointer { packed in
            var done = 0
            while true {
                let room = min(count - done, 1 << 30), rest = min(packed.count - position, 1 << 30)
                inflater.pointee.next_in = UnsafeMutablePointer(mutating: packed.baseAddress! + position)
                inflater.pointee.avail_in = uInt(rest)
                inflater.pointee.next_out = target + done
                inflater.pointee.avail_out = uInt(room)
                let status = inflate(inflater, Z_NO_FLUSH)
                position += rest - Int(inflater.pointee.avail_in)
                done += room - Int(inflater.pointee.avail_out)
                switch status {
                case Z_STREAM_END:
                    if position == packed.count { return done }
                    guard packed[position...].starts(with: [0x1F, 0x8B]) else { throw ImageError(path, "there are bytes after the gzip data") }
                    inflateReset(inflater)
                case Z_OK where done < count && position < packed.count:
                    continue
                case Z_OK where done == count:
                    return done
                case Z_OK, Z_BUF_ERROR:
                    throw ImageError(path, "the gzip data end too early")
                default:
                    throw ImageError(path, "the gzip data are damaged")
                }
            }
        }
    }
}

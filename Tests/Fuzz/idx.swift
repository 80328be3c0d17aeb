@testable import Images
import Platform

/// A file without a name, which each input is written to.
private let file = fileno(tmpfile())

/// What libFuzzer calls with each input: the IDX reader, gzip and all, reads it or throws, and must do nothing else. `Tools/fuzz.sh` compiles this file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    precondition(ftruncate(file, 0) == 0 && pwrite(file, start, count, 0) == count, "no room for the input")
    let path = "/proc/self/fd/\(file)"
    // As much at a time as the tools read.
    if let images = try? IDXFile(images: path), images.count <= 4096, let storage = try? images.images {
        var sum = 0
        try? storage.forEach(0..<min(images.count, 512)) { shape, numbers in
            guard case .bytes(let bytes) = numbers else { fatalError("bytes became floats") }
            for index in 0..<shape.count { sum += Int(bytes[index]) }
        }
        precondition(sum >= 0)
    }
    if let labels = try? IDXFile(labels: path), labels.count <= 1 << 20 { _ = try? labels.labels() }
    return 0
}

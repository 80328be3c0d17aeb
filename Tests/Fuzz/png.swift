import CZlib
import PNGFiles

/// What libFuzzer calls with each input: the PNG reader reads it or throws, and must do nothing else. `Tools/fuzz.sh` compiles this file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var input = Array(UnsafeBufferPointer(start: start, count: count))
    repairChecksums(&input)
    guard let image = try? PNGImage.decode(input, maximumSide: 64) else { return 0 }
    _ = image.gray()
    // What was read can be written, and is then the same.
    guard let bytes = try? image.encode(), let again = try? PNGImage.decode(bytes) else { fatalError("a PNG that was read cannot be written") }
    if again != image { fatalError("a PNG changes when it is written and read") }
    return 0
}

/// Puts the right checksum after each chunk, which a fuzzer cannot guess.
private func repairChecksums(_ bytes: inout [UInt8]) {
    var position = 8
    while bytes.count - position >= 12 {
        let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
        guard length <= bytes.count - position - 12 else { return }
        let end = position + 8 + length, checksum = bytes[position + 4..<end].withUnsafeBytes { crc32(0, $0.baseAddress, uInt($0.count)) }
        for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: checksum >> UInt(24 - 8 * index)) }
        position = end + 4
    }
}

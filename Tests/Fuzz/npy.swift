import NPYFiles

/// What libFuzzer calls with each input: the parser of .npy headers reads it or throws, and must do nothing else. `Tools/fuzz.sh` compiles this file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let header = try? NPYHeader(UnsafeBufferPointer(start: start, count: count)) else { return 0 }
    precondition(header.offset <= count && header.byteCount >= 0 && header.count >= 0)
    // What is a number of ours is written as it was read.
    guard [NPYType.float32, .uint8].contains(header.type), header.shape.count < 32 else { return 0 }
    let again = NPYHeader.bytes(header.type, shape: header.shape)
    guard let other = try? NPYHeader(again), other.shape == header.shape, other.type == header.type else { fatalError("a header changes when it is written and read") }
    return 0
}

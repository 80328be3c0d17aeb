import HDF5Reader
import SystemFiles

/// What libFuzzer calls with each input: the verifier admits it or throws, and must do nothing else. `Tools/fuzz.sh` compiles this file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let file = try? VerifiedFile(Array(UnsafeBufferPointer(start: start, count: count)), named: "input") else { return 0 }
    // Whatever was admitted can be read.
    do {
        _ = try file.metadataDigest(without: "/seal")
        for object in file.objects {
            _ = object.attributes.map { ($0.texts, $0.numbers(as: Double.self)) }
            _ = (try file.texts(object.path), try file.numbers(object.path, as: Float.self))
            if object.dataset == nil, object.path != "/" { _ = try file.root.group(String(object.path.dropFirst())).names() }
        }
    } catch {
        fatalError("an admitted file cannot be read: \(error)")
    }
    return 0
}

import Foundation
import NPYFiles
import TestSupport
import Testing

@Suite struct NPYHeaderTests {
    private let scratch = try! Scratch()

    private func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path(name)))) }

    /// Types, orders, versions and shapes as NumPy writes them.
    @Test func readsWhatNumPyWrites() throws {
        _ = try Python.run("""
            import numpy as np
            types = ["<f2", "<f4", ">f8", "|u1", "|i1", "<u2", ">i4", "<i8", "|b1"]
            for index, type in enumerate(types): np.save(f"type{index}.npy", np.zeros((2, 3), type))
            np.save("fortran.npy", np.asfortranarray(np.zeros((4, 5), "<f4")))
            np.save("scalar.npy", np.float32(1))
            np.save("vector.npy", np.zeros(7, "<f8"))
            for version in [1, 2, 3]:
                with open(f"version{version}.npy", "wb") as f: np.lib.format.write_array(f, np.zeros((1, 2), "<f4"), version=(version, 0))
            np.save("text.npy", np.array(["ab"])), np.save("record.npy", np.zeros(2, [("a", "<f4"), ("b", "u1")]))
            np.save("object.npy", np.array([{}], dtype=object))
            """, in: scratch)
        let kinds: [(NPYType.Kind, Int, Bool)] = [
            (.float, 2, false), (.float, 4, false), (.float, 8, true), (.unsigned, 1, false), (.signed, 1, false), (.unsigned, 2, false), (.signed, 4, true), (.signed, 8, false), (.bool, 1, false),
        ]
        for (index, kind) in kinds.enumerated() {
            let whole = try bytes("type\(index).npy"), header = try NPYHeader(whole)
            #expect((header.type.kind, header.type.byteCount, header.type.isBigEndian) == kind && header.shape == [2, 3] && !header.isFortranOrder)
            #expect(header.offset + header.byteCount == whole.count && header.count == 6)
        }
        #expect(try NPYHeader(bytes("fortran.npy")).isFortranOrder)
        #expect(try NPYHeader(bytes("scalar.npy")).shape == [] && NPYHeader(bytes("vector.npy")).shape == [7])
        for version in 1...3 { #expect(try NPYHeader(bytes("version\(version).npy")).shape == [1, 2]) }
        for name in ["text", "record", "object"] { #expect(try NPYHeader(bytes("\(name).npy")).type.kind == .other) }
    }

    /// To the byte what NumPy writes.
    @Test func writesAsNumPyDoes() throws {
        for (shape, type) in [([3, 2], NPYType.float32), ([7], .uint8), ([100_000, 3, 64, 64], .float32)] {
            let script = """
                import io, sys, numpy as np
                f = io.BytesIO()
                np.lib.format.write_array_header_1_0(f, {"descr": \(type.text), "fortran_order": False, "shape": (\(shape.map(String.init).joined(separator: ", ")),)})
                open("header", "wb").write(f.getvalue())
                """
            _ = try Python.run(script, in: scratch)
            let ours = NPYHeader.bytes(type, shape: shape)
            #expect(try ours == bytes("header"))
            #expect(try NPYHeader(ours).shape == shape)
        }
    }

    @Test func refusesWhatIsNoHeader() {
        func said(_ text: String, version: [UInt8] = [1, 0]) -> String? {
            let bytes = NPYHeader.signature + version + [UInt8(text.utf8.count & 255), UInt8(text.utf8.count >> 8)] + Array(text.utf8)
            return (#expect(throws: NPYError.self) { try NPYHeader(bytes) })?.description
        }
        let good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }"
        #expect(said(good, version: [4, 0]) == "is of .npy version 4.0; 1.0 to 3.0 are read")
        #expect(said("") == "its header lacks descr, fortran_order or shape")
        #expect(said(good.replacingOccurrences(of: "False", with: "Maybe")) == "its header's fortran_order is Maybe")
        #expect(said(good.replacingOccurrences(of: "(2, 2)", with: "(2, -2)")) == "its header's shape is (2,-2)")
        #expect(said(good.replacingOccurrences(of: "(2, 2)", with: "(4294967296, 4294967296)")) == "its shape [4294967296, 4294967296] is out of range")
        #expect(said(good.replacingOccurrences(of: "(2, 2)", with: "(4294967296, 4294967296, 0)")) == "its shape [4294967296, 4294967296, 0] is out of range")
        #expect(said(good.replacingOccurrences(of: "(2, 2)", with: "(99999999999999999999,)")) == "its header's shape is (99999999999999999999,)")
        let whole = NPYHeader.bytes(.float32, shape: [2, 2])
        for count in 0..<whole.count { #expect(throws: NPYError.self) { try NPYHeader(whole[..<count]) } }
    }
}

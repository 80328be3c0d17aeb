import Foundation
import TestSupport
import Testing

/// Where aedecode's vectors come from: all ways to give the same ones make the same picture.
@Suite struct AEDecodeSourceTests {
    let scratch: Scratch
    let expected: [UInt8]

    init() throws {
        scratch = try Scratch()
        try ModelFixture.save(.ae, images: 3, to: scratch.path("ae.h5"))
        expected = try Tools.run("aedecode", [scratch.path("ae.h5"), "--z", "-1.5,2", "0,0.25", "3,-4", "-o", "-"]).outputBytes
    }

    private func decode(_ file: String, input: [UInt8] = [], _ arguments: String...) throws -> ToolRun {
        try Tools.run("aedecode", [scratch.path("ae.h5"), "--z-file", file, "-o", "-"] + arguments, input: input)
    }

    private static let python = """
        import sys, h5py, numpy as np
        folder = sys.argv[1]
        z = np.array([[-1.5, 2], [0, 0.25], [3, -4]])
        def save(name, array, version=None):
            with open(f"{folder}/{name}.npy", "wb") as f: np.lib.format.write_array(f, array, version=version)
        save("float32", z.astype(np.float32)); save("float64", z); save("v2", z, (2, 0)); save("v3", z, (3, 0))
        save("flat", z.astype(np.float32)[0]); save("fortran", np.asfortranarray(z)); save("int", z.astype(np.int32))
        save("big", z.astype(">f4")); save("empty", np.zeros((0, 2))); save("wide", np.zeros((2, 3))); save("deep", np.zeros((1, 1, 2)))
        save("nan", np.array([[0, np.nan]])); save("huge", np.array([[0, 1e300]])); save("record", np.zeros(3, dtype=[("a", "<f4")]))
        np.savetxt(f"{folder}/savetxt.txt", z, header="z0 z1")
        for name, data in dict(plain=dict(z=z), named=dict(other=np.arange(6), z=z.astype(np.float32)), two=dict(a=z, b=z), none=dict(a=[1, 2])).items():
            with h5py.File(f"{folder}/{name}.h5", "w") as f:
                for key, value in data.items(): f.create_dataset(f"group/{key}", data=value)
        with h5py.File(f"{folder}/packed.h5", "w") as f: f.create_dataset("z", data=z, chunks=(1, 2), compression="gzip")
        """

    @Test func readsNumPyAndHDF5() throws {
        _ = try Python.run(Self.python, [scratch.url.path])
        for name in ["float32.npy", "float64.npy", "v2.npy", "v3.npy", "savetxt.txt", "plain.h5", "named.h5", "packed.h5"] {
            let run = try decode(scratch.path(name))
            #expect(run.status == 0 && run.outputBytes == expected, "\(name): \(run.errors)")
        }
        #expect(try decode("-", input: [UInt8](Data(contentsOf: URL(fileURLWithPath: scratch.path("float64.npy"))))).outputBytes == expected)
        let one = try Tools.run("aedecode", [scratch.path("ae.h5"), "--z", "-1.5,2", "-o", "-"]).outputBytes
        #expect(try decode(scratch.path("flat.npy")).outputBytes == one)
        for (name, problem) in [
            ("fortran.npy", "is in Fortran order"), ("int.npy", "its numbers are '<i4'"), ("big.npy", "its numbers are '>f4'"),
            ("record.npy", "its numbers are [("), ("empty.npy", "has shape [0, 2]"), ("deep.npy", "has shape [1, 1, 2]"),
            ("nan.npy", "number 1 of vector 0 is not finite"), ("huge.npy", "number 1 of vector 0 is not finite"),
            ("wide.npy", "has vectors of 3; the latent of"), ("two.h5", "holds 2 datasets of floats [n, d]"), ("none.h5", "holds 0 datasets of floats"),
        ] { try expectRefused(decode(scratch.path(name)), "\(scratch.path(name)): \(problem)") }
        for (name, problem) in [("flat.npy", "is no HDF5 file and has no splits"), ("plain.h5", "is not one of aekit's files and has no splits")] {
            try expectRefused(decode(scratch.path(name), "--split", "test"), "\(scratch.path(name)): \(problem)")
        }
    }

    /// Every prefix of a .npy file, and every byte of its header changed, is read or refused, never more.
    @Test func damagedNumPyFilesAreRefused() throws {
        _ = try Python.run(Self.python, [scratch.url.path])
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("float32.npy"))))
        for length in [0, 1, 5, 6, 7, 8, 9, 10, 11, 40, 127, 128, 129, whole.count - 1] {
            #expect(try decode("-", input: Array(whole[..<length])).status == 65, "\(length) bytes")
        }
        #expect(try decode("-", input: whole + [0]).status == 65)
        for version: [UInt8] in [[0, 0], [4, 0], [1, 1]] {
            try expectRefused(decode("-", input: whole[..<6] + version + whole[8...]), "standard input: is of .npy version \(version[0]).\(version[1])")
        }
        for shape in ["(3, 99999999999999999999)", "(4611686018427387904, 4)", "(3, -2)", "(3, x)", "((3, 2)", ""] {
            let header = "{'descr': '<f4', 'fortran_order': False, 'shape': \(shape)"
            try expectRefused(decode("-", input: whole[..<8] + [UInt8(header.utf8.count), 0] + Array(header.utf8)), "standard input: ")
        }
    }

    @Test(arguments: [
        "-1.5,2\n0,0.25\n3,-4\n", "-1.5 2\r\n0 0.25\r\n3 -4", "z0,z1\n-1.5, 2\n\n0,0.25\n3,-4", "# two numbers\n-1.5\t2\n0\t.25\n3\t-4\n\n",
        "z0,label,z1\n-1.5,7,2\n0,1,0.25\n3,1,-4", "\u{FEFF}-1.5,2\n0,0.25\n3,-4",
    ])
    func readsText(_ text: String) throws {
        let run = try decode("-", input: Array(text.utf8))
        #expect(run.status == 0 && run.outputBytes == expected, "\(run.errors)")
    }

    @Test(arguments: [
        ("", "holds no vectors"), ("\n\n", "holds no vectors"), ("z0,z1\n", "holds no vectors"), ("1,2\n3\n", "line 2: 1 numbers, not 2 as before"),
        ("1,2\n3,x\n", "line 2: 'x' is no finite number"), ("1,2,\n", "line 1: '' is no finite number"), ("1,1e999", "line 1: '1e999' is no finite number"),
        ("nan,1", "line 1: 'nan' is no finite number"), ("1,2,3", "has vectors of 3; the latent of"), ("1 2,3", "line 1: '1 2' is no finite number"),
    ])
    func refusesText(text: String, problem: String) throws {
        try expectRefused(decode("-", input: Array(text.utf8)), "standard input: \(problem)")
    }

    @Test func readsStoredLatents() throws {
        let stored = try decode(scratch.path("ae.h5"))
        let script = "import sys, h5py; [print(*z) for z in h5py.File(sys.argv[1])['latents/test/z'][()]]"
        let text = try Python.run(script, [scratch.path("ae.h5")])
        #expect(try stored.status == 0 && decode("-", input: Array(text.utf8)).outputBytes == stored.outputBytes)
        #expect(try decode(scratch.path("ae.h5"), "--split", "test").outputBytes == stored.outputBytes)
        try expectRefused(decode(scratch.path("ae.h5"), "--split", "train"), "\(scratch.path("ae.h5")):/latents/train: is missing")
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("ae.h5"))))
        try expectRefused(decode("-", input: bytes), "standard input: is HDF5, which is read by its name alone")
    }

    private func expectRefused(_ run: ToolRun, _ line: String) throws {
        #expect(run.status == 65 && run.errors.hasPrefix("aedecode: \(line)") && run.errors.count { $0 == "\n" } == 1 && run.output == "", "\(run.errors)")
    }
}

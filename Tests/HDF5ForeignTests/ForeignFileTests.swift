import Foundation
import HDF5Foreign
import HDF5Types
import SystemFiles
import TestSupport
import Testing

/// Other programs' files, read in this process; in one of its own the tools' tests have them read. One test at a time: libhdf5 serves one thread.
@Suite(.serialized) struct ForeignFileTests {
    private let scratch = try! Scratch()

    private func make(_ script: String) throws -> ForeignFile {
        let path = scratch.path("h5py.h5")
        _ = try Python.run("import h5py, numpy as np, sys\nf = h5py.File(sys.argv[1], 'w')\n" + script, [path])
        return try ForeignFile(reading: path)
    }

    @Test func givesDatasets() throws {
        let file = try make("f['a/x'] = np.arange(6, dtype='>f4').reshape(3, 2)\nf['label'] = np.array([1, 2, 255], 'u1')\nf['scalar'] = 1.5\nf.attrs['format'] = 'größe'\nf.attrs['n'] = 1")
        #expect(try file.attribute("format") == "größe")
        #expect(try file.attribute("n") == nil && file.attribute("none") == nil)
        #expect(try file.datasetPaths() == ["a/x", "label", "scalar"])
        #expect(try file.dataset("none") == nil && file.dataset("b/x") == nil)
        let x = try #require(try file.dataset("a/x")), label = try #require(try file.dataset("label")), scalar = try #require(try file.dataset("scalar"))
        #expect(x.shape == [3, 2] && x.count == 6 && x.byteCount == 24 && x.isFloat && x.typeName == "float of 4 bytes")
        #expect(label.shape == [3] && label.byteCount == 3 && !label.isFloat && label.typeName == "uint8")
        #expect(scalar.shape == [] && scalar.count == 1)
        #expect(try x.read(rows: 1..<3, as: Float.self) == [2, 3, 4, 5])
        #expect(try label.read(rows: 0..<3, as: Int64.self) == [1, 2, 255])
        #expect(try label.read(rows: 2..<2, as: UInt8.self) == [])
    }

    @Test func tellsOfWhatIsWrong() throws {
        let file = try make("f['x'] = np.zeros((3, 2))\nf.create_group('g')\nf['soft'] = h5py.SoftLink('/x')")
        func line(_ body: () throws -> Void) -> String { String((#expect(throws: HDF5Error.self, performing: body)?.description ?? "").dropFirst(file.name.count)) }
        let x = try #require(try file.dataset("x"))
        #expect(line { _ = try file.dataset("g") } == ":/g: is no dataset")
        #expect(line { _ = try file.dataset("soft") } == ":/soft: is a link to elsewhere, which is not followed")
        #expect(line { _ = try x.read(rows: 2..<4, as: Float.self) } == ":/x: has no rows 2 to 4 in numbers of float32")
        #expect(line { _ = try x.read(rows: -1..<1, as: Float.self) } == ":/x: has no rows -1 to 1 in numbers of float32")
        #expect(line { _ = try x.read(rows: 0..<1, as: Int16.self) } == ":/x: has no rows 0 to 1 in numbers of int16")
        #expect(line { _ = try x.read(rows: 0..<1, as: UInt8.self) } == ":/x: is float64, not uint8")
        #expect(throws: SystemError(path: "/", what: "cannot read", errno: EISDIR)) { try ForeignFile(reading: "/") }
    }
}

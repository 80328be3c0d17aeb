import Foundation
import HDF5Library
import HDF5Reader
import HDF5Types
import ModelFiles
import Networks
import SystemFiles
import TestSupport
import Testing

extension HDF5ReaderTests {
    /// What is admitted, and that it is then seen as h5py and libhdf5 see it.
    struct AdmittedTests {
        let scratch: Scratch
        let path: String

        init() throws {
            scratch = try Scratch()
            path = scratch.path("file.h5")
        }

        @Test func checksumsAreLookup3() {
            // From the comments of Bob Jenkins' lookup3.c, 2006.
            #expect(Lookup3.checksum([]) == 0xDEAD_BEEF)
            #expect(Lookup3.checksum(Array("Four score and seven years ago".utf8)[...]) == 0x1777_0551)
        }

        @Test(arguments: isFast ? Architecture.allCases : [.simple, .conv]) func checkpointsAreAdmitted(architecture: Architecture) throws {
            try writeCheckpoint(path, architecture)
            try expectSameAsH5py()
            #expect(try StoredFile(path).kind == .model)
        }

        @Test func allTypesAndShapesAreAdmitted() throws {
            try writeVariety(path)
            try expectSameAsH5py()
        }

        @Test func manyObjectsAreAdmitted() throws {
            try writeMany(path)
            try expectSameAsH5py()
        }

        @Test func copiesAreAdmitted() throws {
            let copy = scratch.path("copy.h5")
            try writeVariety(path)
            let source = try VerifiedFile(path: path)
            try File.replace(copy) { try $0.root.copy("group", of: source.root) }
            #expect(try VerifiedFile(path: copy).objects.count == VerifiedFile(path: path).objects.count)
        }

        @Test func filesOfAnotherLibraryAreAdmitted() throws {
            let version = try Python.run(h5pySubset(), [path])
            #expect(!version.isEmpty)
            try expectSameAsH5py()
        }

        @Test func valuesAreRead() throws {
            try writeVariety(path)
            let file = try VerifiedFile(path: path), root = try #require(file["/"])
            #expect(root.attribute("rate")?.numbers() == [0.001])
            #expect(root.attribute("rate")?.numbers(as: Float.self) == nil && root.attribute("rate")?.texts == nil)
            #expect(root.attribute("names")?.texts == ["eins", "größer"] && root.attribute("none")?.texts == [])
            #expect(root.attribute("large")?.numbers() == (0..<65_000).map { UInt8(truncatingIfNeeded: $0) })
            #expect(root.attribute("missing") == nil && file["/missing"] == nil && root.dataset == nil)
            #expect(try file.numbers("/group/größe/float32") == [Float(1), 2, 3, 4, 5, 6])
            #expect(try file.numbers("/group/größe/int64") == [Int64.min] && file.numbers("/group/größe/no rows") == [Double]())
            #expect(try file.numbers("/group/größe/int64", as: Int32.self) == nil && file.numbers("/group", as: Int32.self) == nil)
            #expect(try file.texts("/group/größe/texts") == ["one", "three"] && file.texts("/group/größe/int8") == nil)
            let rows = try #require(file["/group/größe/float32"]?.dataset)
            var part: [Float] = [0, 0]
            try part.withUnsafeMutableBytes { try file.read(rows, from: 4, into: $0) }
            #expect(part == [2, 3])
        }

        @Test func largeDatasetsAreNotRead() throws {
            // 256 GiB in a sparse file: whoever read them would be noticed.
            _ = try Python.run(h5pySubset(), [path, "\(1 << 36)"])
            var weight: VerifiedDataset?
            let seconds = try processorTime { weight = try VerifiedFile(path: path)["/model/weight"]?.dataset }
            #expect(weight?.extent.count == 1 << 38)
            #expect(seconds < 0.5)
        }

        /// Compares all objects, attributes, values and places with those that h5py finds.
        private func expectSameAsH5py() throws {
            let file = try VerifiedFile(path: path)
            let hex = { (bytes: [UInt8]) in SHA256.hex(SHA256.digest(bytes)).prefix(8) }
            var lines: [String] = []
            for object in file.objects {
                if let dataset = object.dataset {
                    var bytes = [UInt8](repeating: 0, count: dataset.extent.count)
                    try bytes.withUnsafeMutableBytes { try file.read(dataset, into: $0) }
                    let offset = dataset.extent.isEmpty ? "None" : "\(dataset.extent.lowerBound)"
                    lines.append("\(object.path) \(name(dataset.type)) \(dataset.shape) \(offset) \(hex(bytes))")
                } else {
                    lines.append("\(object.path) group")
                }
                for attribute in object.attributes {
                    lines.append("\(object.path)@\(attribute.name) \(name(attribute.type)) \(attribute.shape) \(hex(Array(attribute.bytes)))")
                }
            }
            let printed = try Python.run("""
                import h5py, hashlib, numpy, sys
                f = h5py.File(sys.argv[1], "r")
                def digest(id, empty):
                    value = numpy.empty(id.shape, id.dtype)
                    if not empty: id.read(value) if isinstance(id, h5py.h5a.AttrID) else id.read(h5py.h5s.ALL, h5py.h5s.ALL, value)
                    return hashlib.sha256(value.tobytes()).hexdigest()[:8]
                def show(o):
                    if isinstance(o, h5py.Dataset):
                        print(o.name, o.dtype, list(o.shape), o.id.get_offset(), digest(o.id, o.size == 0))
                    else:
                        print(o.name, "group")
                    for a in sorted(o.attrs, key=str.encode):
                        id = h5py.h5a.open(o.id, a.encode())
                        print(f"{o.name}@{a}", id.dtype, list(id.shape), digest(id, 0 in id.shape))
                    if isinstance(o, h5py.Group):
                        for name in sorted(o, key=str.encode): show(o[name])
                show(f)
                """, [path])
            #expect(printed.split(separator: "\n") == lines.map { $0[...] })
        }

        /// The script that writes with h5py, and so mostly with another version of libhdf5, what aekit writes.
        private func h5pySubset() throws -> String {
            try String(contentsOf: Python.root.appendingPathComponent("Tests/Fixtures/h5py_subset.py"), encoding: .utf8)
        }

        private func name(_ type: ElementType) -> String { if case .string(let count) = type { "|S\(count)" } else { "\(type)" } }
    }
}

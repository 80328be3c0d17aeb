import Foundation
import HDF5Library
import HDF5Reader
import HDF5Types
import TestSupport
import Testing

extension HDF5LibraryTests {
    struct WritingTests {
        let scratch: Scratch
        let path: String

        init() throws {
            scratch = try Scratch()
            path = scratch.path("sample.h5")
            try writeSample(path)
        }

        @Test func h5pyReadsTheValues() throws {
            let printed = try Python.run("""
                import h5py, numpy, sys
                f = h5py.File(sys.argv[1], "r")
                def show(name, value):
                    print(name, value.dtype if hasattr(value, "dtype") else "-", numpy.shape(value), numpy.asarray(value).ravel().tolist())
                for object in f, f["model"], f["model/weights/fc.weight"]:
                    for name in sorted(object.attrs):
                        show(object.name + "@" + name, object.attrs[name])
                f.visititems(lambda name, object: show(name, object[()]) if isinstance(object, h5py.Dataset) else None)
                """, [path])
            let expected = #"""
                /@count int64 () [-5]
                /@counts int64 (3,) [-9223372036854775808, 0, 9223372036854775807]
                /@digest uint8 (32,) [\#((0..<32).map(String.init).joined(separator: ", "))]
                /@empty |S0 () [b'']
                /@format |S5 () [b'aekit']
                /@names |S8 (3,) [b'eins', b'zwei', b'gr\xc3\xb6\xc3\x9fer']
                /@none |S1 (0,) []
                /@rate float64 () [0.001]
                /model@count int64 () [2]
                /model/weights/fc.weight@digest uint8 (32,) [\#(Array(repeating: "255", count: 32).joined(separator: ", "))]
                doubles float64 (2,) [1.5, -2.5]
                int32 int32 (2, 1) [-2147483648, 2147483647]
                int8 int8 (2,) [-128, 127]
                latents float64 (0, 2) []
                model/weights/fc.weight float32 (2, 3) [0.0, 0.25, 0.5, 0.75, 1.0, 1.25]
                model/weights/num_batches_tracked int64 () [7]
                rows float32 (4, 2) [0.0, 0.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0]
                text |S9 () [b'schema \xc3\xa9']
                texts |S5 (2,) [b'one', b'three']
                uint8 uint8 (2,) [0, 255]
                """#
            #expect(printed.split(separator: "\n") == expected.split(separator: "\n"))
        }

        @Test func theBytesAreOfFewKinds() throws {
            let printed = try Python.run("""
                import h5py, sys
                data = open(sys.argv[1], "rb").read()
                f = h5py.File(sys.argv[1], "r")
                apart = b"FRHP", b"BTHD", b"TREE", b"SNOD", b"HEAP", b"GCOL", b"FSHD"
                print("superblock", data[8], "heaps", sum(data.count(s) for s in apart))
                def check(name, o):
                    info = h5py.h5o.get_info(o.id)
                    assert (info.atime, info.mtime, info.ctime, info.btime) == (0, 0, 0, 0), name
                    for a in o.attrs:
                        t = h5py.h5a.open(o.id, a.encode()).get_type()
                        if isinstance(t, h5py.h5t.TypeStringID):
                            assert not t.is_variable_str() and t.get_cset() == h5py.h5t.CSET_UTF8 and t.get_strpad() == h5py.h5t.STR_NULLPAD, a
                    if isinstance(o, h5py.Dataset):
                        p = o.id.get_create_plist()
                        assert p.get_layout() == h5py.h5d.CONTIGUOUS and p.get_nfilters() == 0, name
                        assert p.get_alloc_time() == h5py.h5d.ALLOC_TIME_EARLY and not p.get_obj_track_times(), name
                        assert p.get_attr_phase_change() == (65535, 0), name
                check("/", f)
                f.visititems(check)
                """, [path])
            #expect(printed == "superblock 2 heaps 0\n")
        }

        @Test func manyLinksAndAttributesStayCompact() throws {
            try File.replace(path) { file in
                for number in 0..<300 {
                    try file.root.createGroup("group \(number)")
                    try file.root.setAttribute("attribute \(number)", to: Int64(number))
                }
            }
            let data = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(data.range(of: Data("FRHP".utf8)) == nil && data.range(of: Data("BTHD".utf8)) == nil)
            let file = try File(reading: path)
            #expect(try file.root.names() == (0..<300).map { "group \($0)" }.sorted())
            #expect(try file.root.attributeNames() == (0..<300).map { "attribute \($0)" }.sorted())
            #expect(try file.root.attribute("attribute 299", as: Int64.self) == 299)
        }

        @Test func equalCallsGiveEqualBytes() throws {
            let second = scratch.path("second.h5")
            Thread.sleep(forTimeInterval: 1.1)
            try writeSample(second)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(contentsOf: URL(fileURLWithPath: second)))
        }

        @Test func aSmallModelMakesASmallFile() throws {
            let shapes = [[8, 1, 3, 3], [8], [16, 8, 3, 3], [16], [2, 16, 3, 3], [2], [2, 16, 3, 3], [16], [16, 8, 3, 3], [8], [8, 1, 3, 3], [1]]
            try File.replace(path) { file in
                for part in ["weights", "m", "v"] {
                    let group = try file.root.createGroup(part)
                    for (number, shape) in shapes.enumerated() {
                        let dataset = try group.write([Float](repeating: 1, count: shape.reduce(1, *)), shape: shape, as: "encoder.\(number).weight")
                        try dataset.setAttribute("sha256", to: [UInt8](repeating: 0, count: 32))
                    }
                }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count < 60_000)
        }

        @Test func aFailureLeavesTheOldFile() throws {
            struct Stop: Error {}
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(throws: Stop.self) {
                try File.replace(path) { file in
                    try file.root.createGroup("half")
                    throw Stop()
                }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            #expect(try scratch.names() == ["sample.h5"])
        }

        @Test func refusesWhatCannotBeStored() throws {
            let target = scratch.path("new.h5")
            try File.replace(target) { file in
                try file.root.createGroup("taken")
                func line(_ body: () throws -> Void) -> String { #expect(throws: HDF5Error.self, performing: body)?.description ?? "" }
                #expect(line { try file.root.createGroup("taken") }.hasPrefix("\(target):/taken: unable to create group: "))
                #expect(line { try file.root.createGroup("a/b") } == "\(target): \"a/b\" cannot be an object's name")
                #expect(line { try file.root.write("a\0b", as: "text") } == "\(target):/text: a string with a zero character cannot be stored")
                #expect(line { _ = try file.root.createDataset("huge", of: Double.self, shape: [.max, 3, 0]) }.hasSuffix("is out of range"))
                #expect(line { _ = try file.root.createDataset("less", of: Double.self, shape: [-1]) }.hasSuffix("the shape [-1] is out of range"))
                for name in ["", "a\0b"] { #expect(line { try file.root.setAttribute(name, to: "") }.hasSuffix("cannot be an attribute's name")) }
                let large = line { try file.root.setAttribute("large", to: [UInt8](repeating: 0, count: 65_300)) }
                #expect(large == "\(target):/@large: an attribute of shape [65300] is too large")
                try file.root.setAttribute("large", to: [UInt8](repeating: 0, count: 65_275))
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: target)).range(of: Data("FRHP".utf8)) == nil)
        }

        @Test func reportsAFullDisk() {
            let full = HDF5Error(file: "out.h5", object: "/", reason: "No space left on device", call: "H5Fcreate", errno: ENOSPC)
            #expect(throws: full) { try File(creating: "/dev/full", named: "out.h5").close() }
        }

        @Test func reportsAFileThatCannotBeMade() throws {
            let error = #expect(throws: HDF5Error.self) { _ = try File(creating: scratch.path("missing/out.h5"), named: "out.h5") }
            #expect(error?.description.hasPrefix("out.h5: ") == true && error?.description.contains("No such file or directory") == true)
        }

        @Test func copiesBetweenFiles() throws {
            let target = scratch.path("copy.h5"), again = scratch.path("again.h5")
            let source = try VerifiedFile(path: path)
            try File.replace(target) { file in
                for name in source.root.names() { try file.root.copy(name, of: source.root) }
            }
            let first = try VerifiedFile(path: target)
            try File.replace(again) { file in
                for name in first.root.names() { try file.root.copy(name, of: first.root) }
            }
            #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == Data(contentsOf: URL(fileURLWithPath: target)))
            let copy = try File(reading: target)
            #expect(try copy.root.objects() == File(reading: path).root.objects())
            #expect(try copy.root.dataset("texts").texts() == ["one", "three"] && copy.root.dataset("latents").shape == [0, 2])
            #expect(try copy.root.dataset("model/weights/fc.weight").read() == (0..<6).map { Float($0) / 4 })
            #expect(try copy.root.dataset("model/weights/fc.weight").attribute("digest", as: [UInt8].self).count == 32)
        }
    }
}

import Foundation
import HDF5Library
import HDF5Types
import TestSupport
import Testing

extension HDF5LibraryTests {
    struct ReadingTests {
        let scratch: Scratch

        init() throws { scratch = try Scratch() }

        /// A file that h5py makes, `f` being open in `script`.
        func make(_ script: String, options: String = "") throws -> File {
            let path = scratch.path("h5py.h5")
            _ = try Python.run("import h5py, numpy as np, sys\nwith h5py.File(sys.argv[1], 'w'\(options)) as f:\n"
                + script.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"), [path])
            return try File(reading: path)
        }

        /// What the error says after the file's path.
        func line(_ file: File, _ body: () throws -> Void) -> String {
            let description = #expect(throws: HDF5Error.self, performing: body)?.description ?? ""
            #expect(description.hasPrefix(file.name) && !description.contains("\n"))
            return String(description.dropFirst(file.name.count))
        }

        @Test(arguments: ["", ", libver=('v108', 'v110')", ", libver='v110'", ", userblock_size=512"])
        func readsWhatH5pyWrites(options: String) throws {
            let file = try make("""
                f.attrs['text'] = np.bytes_('größe'.encode())
                f.attrs['list'] = np.array([b'a', b'bcd'])
                f.attrs['number'] = 5
                f.attrs['real'] = 0.25
                f.attrs['numbers'] = np.arange(3)
                f['scalar'] = np.float32(1.5)
                f['empty'] = np.zeros((0, 4), 'f4')
                f['big'] = np.arange(6, dtype='>f4').reshape(2, 3)
                f['double'] = np.array([1/3])
                f['labels'] = np.array([1, 2, 255], 'u1')
                f['words'] = np.array([b'one', b'three'])
                f.create_dataset('zipped', data=np.arange(1000, dtype='i4').reshape(100, 10), compression='gzip', chunks=(7, 3))
                f['a/b/c'] = np.arange(2)
                """, options: options)
            let root = file.root
            #expect(try root.attribute("text", as: String.self) == "größe")
            #expect(try root.attribute("list", as: [String].self) == ["a", "bcd"])
            #expect(try root.attribute("number", as: Int64.self) == 5)
            #expect(try root.attribute("real", as: Double.self) == 0.25)
            #expect(try root.attribute("numbers", as: [Int64].self) == [0, 1, 2])
            #expect(try root.attributeNames() == ["list", "number", "numbers", "real", "text"])
            #expect(try root.dataset("scalar").read() == [Float(1.5)])
            #expect(try root.dataset("scalar").shape == [])
            #expect(try root.dataset("empty").read() == [Float]())
            #expect(try root.dataset("empty").shape == [0, 4])
            #expect(try root.dataset("big").read() == [Float](arrayLiteral: 0, 1, 2, 3, 4, 5))
            #expect(try root.dataset("big").elementType == .otherFloat(byteCount: 4))
            #expect(try root.dataset("double").read() == [Float(1) / 3])
            #expect(try root.dataset("labels").read() == [Int64(1), 2, 255])
            #expect(try root.dataset("words").texts() == ["one", "three"])
            let zipped = try root.dataset("zipped")
            #expect(try zipped.read() == (0..<1000).map { Int32($0) })
            #expect(zipped.layout == .chunked && zipped.fileOffset == nil && zipped.byteCount == 4000)
            var rows = [Int32](repeating: 0, count: 20)
            try rows.withUnsafeMutableBufferPointer { try zipped.read(rows: 98..<100, into: $0) }
            #expect(rows == (980..<1000).map { Int32($0) })
            #expect(try root.contains("a/b/c") && root.contains("a") && !root.contains("a/c") && !root.contains("labels/x"))
            #expect(try root.group("a").group("b").dataset("c").path == "/a/b/c")
        }

        @Test func givesOffsetsOfWhatItWrote() throws {
            let path = scratch.path("sample.h5")
            try writeSample(path)
            let root = try File(reading: path).root
            let weights = try root.dataset("model/weights/fc.weight")
            let offset = try #require(weights.fileOffset)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))[offset..<offset + weights.byteCount]
            #expect(Data(bytes) == (0..<6).map { Float($0) / 4 }.withUnsafeBytes { Data($0) })
            #expect(try root.dataset("latents").fileOffset == nil)
            #expect(try root.dataset("text").text() == "schema é")
            #expect(try root.dataset("rows").read() == [Float](arrayLiteral: 0, 0, 2, 2, 2, 2, 2, 2))
            #expect(try root.attribute("none", as: [String].self) == [])
            #expect(try root.attribute("empty", as: String.self) == "")
            #expect(try root.attribute("names", as: [String].self) == ["eins", "zwei", "größer"])
            #expect(try root.attribute("digest", as: [UInt8].self) == (0..<32).map { UInt8($0) })
        }

        @Test func listsAllObjects() throws {
            let file = try make("""
                g = f.create_group('g')
                g['d'] = 1
                g['loop'] = f
                g['same'] = g['d']
                g['soft'] = h5py.SoftLink('/g/d')
                g['external'] = h5py.ExternalLink('other.h5', '/')
                f['type'] = np.dtype('f4')
                """)
            let found = try file.root.objects().map { "\($0.path) \($0.kind)" }
            #expect(found == ["g group", "g/d dataset", "g/external link", "g/loop alias", "g/same alias", "g/soft link", "type namedType"])
            #expect(try file.root.kind(of: "g") == .group)
            #expect(try file.root.kind(of: "none") == nil)
            #expect(try !file.root.holdsDataset("g") && file.root.group("g").holdsDataset("d"))
        }

        @Test func followsNoLinksAndOpensNoOtherFiles() throws {
            let file = try make("""
                f['d'] = 1
                f['soft'] = h5py.SoftLink('/d')
                f['gone'] = h5py.SoftLink('/none')
                f['external'] = h5py.ExternalLink('other.h5', '/')
                f.create_dataset('outside', (10,), 'u1', external=[('/etc/passwd', 0, 10)])
                layout = h5py.VirtualLayout((10,), 'u1')
                layout[:] = h5py.VirtualSource('other.h5', 'd', (10,))
                f.create_virtual_dataset('virtual', layout)
                """)
            for name in ["soft", "gone", "external"] {
                #expect(line(file) { _ = try file.root.dataset(name) } == ":/\(name): is a link to elsewhere, which is not followed")
                #expect(line(file) { _ = try file.root.group("\(name)/x") } == ":/\(name): is a link to elsewhere, which is not followed")
            }
            #expect(line(file) { _ = try file.root.dataset("outside") } == ":/outside: is kept in another file, which is not opened")
            #expect(line(file) { _ = try file.root.dataset("virtual") } == ":/virtual: is a view of other datasets, which are not opened")
        }

        @Test func refusesOtherTypesAndShapes() throws {
            let file = try make("""
                f['ints'] = np.array([1, 2])
                f['floats'] = np.array([1.0, 2.0])
                f['words'] = ['a', 'b']
                f['many'] = ['a'] * 5000
                f['flags'] = np.array([True])
                f['latin'] = np.array([b'\\xff'])
                f['null'] = h5py.Empty('f4')
                f.attrs['text'] = 'variable'
                f.attrs['list'] = np.arange(3)
                f.attrs['one'] = 1
                f.create_group('g')
                """)
            let root = file.root
            #expect(line(file) { _ = try root.dataset("words").text() } == ":/words: holds 2 strings, not one")
            #expect(line(file) { _ = try root.attribute("one", as: [Int64].self) } == ":/@one: has the shape [], which is no list")
            #expect(line(file) { _ = try root.dataset("ints").read(as: Float.self) } == ":/ints: is int64, not float32")
            #expect(line(file) { _ = try root.dataset("ints").read(as: UInt8.self) } == ":/ints: is int64, not uint8")
            #expect(line(file) { _ = try root.dataset("floats").read(as: Int64.self) } == ":/floats: is float64, not int64")
            #expect(line(file) { _ = try root.dataset("floats").texts() } == ":/floats: is float64, not text")
            #expect(try root.dataset("words").texts() == ["a", "b"])
            #expect(line(file) { _ = try root.dataset("flags").read(as: UInt8.self) } == ":/flags: is enumeration, not uint8")
            #expect(line(file) { _ = try root.dataset("latin").texts() } == ":/latin: a string is not UTF-8")
            #expect(line(file) { _ = try root.dataset("null") } == ":/null: holds no elements at all (a null dataspace)")
            #expect(line(file) { _ = try root.dataset("g") } == ":/g: is no dataset")
            #expect(line(file) { _ = try root.group("ints") } == ":/ints: is no group")
            #expect(line(file) { _ = try root.group("none") } == ":/none: is missing")
            #expect(line(file) { _ = try root.group("g/none") } == ":/g/none: is missing")
            #expect(line(file) { _ = try root.attribute("none", as: Int64.self) } == ":/@none: is missing")
            #expect(try root.attribute("text") as String == "variable")
            #expect(line(file) { _ = try root.dataset("many").texts() } == ":/many: 5000 strings of variable length are too many, above 4096")
            #expect(line(file) { _ = try root.attribute("list", as: Int64.self) } == ":/@list: is a list of shape [3], not a single value")
            #expect(line(file) { _ = try root.attribute("list", as: [Double].self) } == ":/@list: is int64, not float64")
            let floats = try root.dataset("floats")
            var one = [0.0]
            #expect(line(file) { try one.withUnsafeMutableBufferPointer { try floats.read(rows: 2..<3, into: $0) } }
                == ":/floats: has no rows 2 to 3: its shape is [2]")
        }

        @Test func refusesMoreThanTheFileCanHold() throws {
            let file = try make("""
                f.create_dataset('sparse', (1 << 40,), 'f4')
                f.create_dataset('chunks', (1 << 40,), 'f4', chunks=(1000,))
                small = f.create_dataset('small', (10,), 'f4', chunks=(1 << 20,), maxshape=(None,), compression='gzip')
                small.id.write_direct_chunk((0,), b'zipped')
                f.create_dataset('chunk', (10,), 'f4', chunks=(1 << 20,), maxshape=(None,), compression='gzip')[0] = 1
                """)
            #expect(line(file) { _ = try file.root.dataset("sparse") } == ":/sparse: 4398046511104 bytes are more than the file can hold")
            #expect(line(file) { _ = try file.root.dataset("chunks") } == ":/chunks: 4398046511104 bytes are more than the file can hold")
            #expect(line(file) { _ = try file.root.dataset("small") } == ":/small: its chunks are larger than the file can hold")
            #expect(try file.root.dataset("chunk").read(as: Float.self).count == 10)
        }

        /// A file of 34 GB that takes no room on the disk; sizes that no number holds; an attribute that is kept apart from its object's header.
        @Test func refusesWhatNoMemoryHolds() throws {
            let file = try make("""
                f.create_dataset('numbers', (1 << 34 | 1,), 'u1')[-1] = 1
                f.create_dataset('words', ((1 << 14) + 1,), 'S1048576')[-1] = b'x'
                f.create_dataset('overflow', (1 << 61,), 'f8', chunks=(8,))
                f.attrs['large'] = np.zeros((1 << 21) + 1)
                """, options: ", libver='v110'")
            #expect(line(file) { _ = try file.root.dataset("numbers").read(as: UInt8.self) } == ":/numbers: 17179869185 bytes are too many to read at once")
            #expect(line(file) { _ = try file.root.dataset("words").texts() } == ":/words: 17180917760 bytes are too many to read at once")
            #expect(line(file) { _ = try file.root.dataset("overflow") } == ":/overflow: the shape [2305843009213693952] is out of range")
            #expect(line(file) { _ = try file.root.openAttribute("large") } == ":/@large: an attribute of shape [2097153] is too large")
        }

        @Test func refusesDeepNesting() throws {
            let file = try make("f.create_group('/'.join('g' * 100))")
            #expect(line(file) { _ = try file.root.objects() }.hasSuffix(": groups are nested more than 64 deep"))
        }

        @Test func namesOfStrangersStayOnTheirLine() throws {
            let file = try make("f.create_group('a\\n\\x1b[31m')")
            #expect(line(file) { _ = try file.root.dataset("a\n\u{1B}[31m") } == ":/a\\n\\u{1B}[31m: is no dataset")
        }
    }
}

import HDF5Library
import HDF5Reader
import HDF5Types
import SystemFiles
import TestSupport
import Testing

extension HDF5ReaderTests {
    /// Reading through groups and datasets: the values are those that libhdf5 gives, and so is what errors say.
    struct StoredTests {
        let scratch: Scratch
        let path: String, root: StoredGroup, library: Group

        init() throws {
            scratch = try Scratch()
            path = scratch.path("file.h5")
            try writeVariety(path)
            root = try VerifiedFile(path: path).root
            library = try File(reading: path).root
        }

        @Test func findsObjects() throws {
            #expect(root.names() == ["group"] && root.path == "/" && root.contains("group/größe/int8") && !root.contains("group/int8"))
            let group = try root.group("group/größe"), names = try library.group("group/größe").names()
            #expect(group.names() == names && group.path == "/group/größe" && group.holdsDataset("int8") && !root.holdsDataset("group"))
            #expect(try root.group("group").dataset("größe/int8").place.object == "/group/größe/int8")
            #expect(group.attributeNames() == [] && root.attributeNames() == ["empty", "large", "names", "none", "rate"])
        }

        @Test func givesWhatLibhdf5Gives() throws {
            func compare<Element: HDF5Element & Equatable>(_ name: String, _: Element.Type) throws {
                let dataset = try root.dataset("group/größe/\(name)"), other = try library.dataset("group/größe/\(name)")
                #expect(try dataset.read(as: Element.self) == other.read(as: Element.self))
                #expect(dataset.shape == other.shape && dataset.elementType == other.elementType && dataset.byteCount == other.byteCount && dataset.count == other.count)
            }
            try compare("float32", Float.self)
            try compare("float32", Double.self)
            try compare("float64", Float.self)
            try compare("no rows", Double.self)
            for name in ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32"] { try compare(name, Int64.self) }
            for name in ["uint8", "uint16", "uint32", "uint64"] { try compare(name, UInt64.self) }
            try compare("int8", Int16.self)
            try compare("uint16", Int32.self)
            #expect(try root.dataset("group/größe/texts").texts() == library.dataset("group/größe/texts").texts())
            #expect(try root.attribute("rate", as: Float.self) == library.attribute("rate", as: Float.self))
            #expect(try root.attribute("names", as: [String].self) == ["eins", "größer"] && root.attribute("empty") == "" && root.attribute("none") == [String]())
            var rows = [Double](repeating: 0, count: 1)
            let column = try root.dataset("group/größe/float64")
            try rows.withUnsafeMutableBufferPointer { try column.read(rows: 1..<2, into: $0) }
            #expect(rows == [-2.5])
        }

        @Test func saysWhatIsWrongAsLibhdf5sPartDoes() throws {
            func check<A, B>(_ body: (StoredGroup) throws -> A, _ other: (Group) throws -> B) {
                let error = #expect(throws: HDF5Error.self) { _ = try body(root) }
                #expect(error == #expect(throws: HDF5Error.self) { _ = try other(library) })
                #expect(error?.description.hasPrefix("\(path):/") == true)
            }
            for name in ["none", "none/x", "group/none", "group/größe"] { check({ try $0.dataset(name) }, { try $0.dataset(name) }) }
            for name in ["none", "group/größe/none", "group/größe/int8"] { check({ try $0.group(name) }, { try $0.group(name) }) }
            check({ try $0.attribute("none", as: Int64.self) }, { try $0.attribute("none", as: Int64.self) })
            check({ try $0.attribute("names", as: String.self) }, { try $0.attribute("names", as: String.self) })
            check({ try $0.attribute("rate", as: [Double].self) }, { try $0.attribute("rate", as: [Double].self) })
            check({ try $0.attribute("rate", as: Int64.self) }, { try $0.attribute("rate", as: Int64.self) })
            check({ try $0.attribute("rate", as: String.self) }, { try $0.attribute("rate", as: String.self) })
            check({ try $0.dataset("group/größe/int64").read(as: Int32.self) }, { try $0.dataset("group/größe/int64").read(as: Int32.self) })
            check({ try $0.dataset("group/größe/uint8").texts() }, { try $0.dataset("group/größe/uint8").texts() })
            var one: [Int8] = [0]
            one.withUnsafeMutableBufferPointer { one in
                check({ try $0.dataset("group/größe/int8").read(rows: 2..<3, into: one) }, { try $0.dataset("group/größe/int8").read(rows: 2..<3, into: one) })
            }
        }

        @Test func refusesTextThatIsNone() throws {
            var bytes = try contents(path)
            let start = try #require(bytes.firstRange(of: Array("three".utf8))?.lowerBound)
            bytes[start] = 0xFF
            let dataset = try VerifiedFile(bytes, named: "x").root.dataset("group/größe/texts")
            let error = #expect(throws: HDF5Error.self) { _ = try dataset.texts() }
            #expect(error?.description == "x:/group/größe/texts: is not UTF-8 filled up with zeros")
        }

        /// No row of a file that is larger than memory is read but those that are asked for.
        @Test func readsLargeDatasetsByRows() throws {
            let large = scratch.path("large.h5")
            try File.replace(large) { _ = try $0.root.createDataset("x", of: UInt8.self, shape: [(1 << 34) + 1]) }
            let dataset = try VerifiedFile(path: large).root.dataset("x")
            let error = #expect(throws: HDF5Error.self) { _ = try dataset.read(as: UInt8.self) }
            #expect(error?.description == "\(large):/x: 17179869185 bytes are too many to read at once")
            var row: [UInt8] = [1]
            try row.withUnsafeMutableBufferPointer { try dataset.read(rows: 1 << 34..<(1 << 34) + 1, into: $0) }
            #expect(row == [0])
        }
    }
}

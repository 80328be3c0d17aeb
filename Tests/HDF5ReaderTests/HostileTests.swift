import Foundation
import HDF5Reader
import SystemFiles
import TestSupport
import Testing

extension HDF5ReaderTests {
    struct HostileTests {
        @Test func theForgedFileItselfIsRight() throws {
            let bytes = Forge.file(root: { forge in
                let messages = Forge.dataset([2], at: forge.add([0, 0, 128, 63, 0, 0, 0, 64])) + [Forge.attribute("a"), Forge.attributeInfo]
                let dataset = forge.header(messages, flags: 0x10, between: [9, 0, 1, 0])
                let more = forge.block([Forge.link("y", forge.header(Forge.dataset([0, 3], at: -1), flags: 3)), [0, 0, 0]])
                return [Forge.link("x", dataset), Forge.continuation(more, forge.bytes.count - more), Forge.message(0, [0, 0])]
            })
            #expect(try problems(bytes) == [])
            let scratch = try Scratch(), path = scratch.path("forged.h5")
            try save(bytes, path)
            let read = try Python.run("""
                import h5py, sys
                f = h5py.File(sys.argv[1])
                print(list(f), f['x'][:], f['x'].attrs['a'], f['y'].shape)
                """, [path])
            #expect(read == "['x', 'y'] [1. 2.] 1.0 (0, 3)\n")
        }

        @Test(arguments: Crafted.files + Crafted.headers + Crafted.links + Crafted.attributes + Crafted.datasets)
        func craftedFilesAreRefused(file: Crafted) throws {
            #expect(try problems(file.bytes) == [Problem(file.rule, at: file.object)])
        }

        @Test func allProblemsAreFound() throws {
            var forge = Forge()
            let bad = forge.header(Forge.dataset([1], at: 1 << 20)), worse = forge.header([Forge.floatType])
            let root = forge.header(Forge.group(Forge.link("a", bad), Forge.link("b", worse), Forge.link("", 3), Forge.link("c", 1 << 40)))
            let found = try problems(forge.finish(root: root))
            #expect(found.map(\.rule) == [.linkName, .extentOutside, .objectKind, .extentOutside] && found.map(\.object) == ["/", "/a", "/b", "/c"])
        }

        @Test func groupsNestOnlySoDeep() throws {
            for (depth, expected) in [(Limits.depth - 1, []), (Limits.depth, [Rule.objectDepth])] {
                var forge = Forge(), group = forge.header(Forge.group())
                for _ in 0..<depth { group = forge.header(Forge.group(Forge.link("g", group))) }
                #expect(try problems(forge.finish(root: group)).map(\.rule) == expected)
            }
            var forge = Forge(), group = forge.header(Forge.group())
            for _ in 0..<5 { group = forge.header(Forge.group(Forge.link(String(repeating: "g", count: Limits.name), group))) }
            #expect(try problems(forge.finish(root: group)).map(\.rule) == [.objectDepth])
        }

        @Test func manyProblemsTakeNoTime() throws {
            let count = isFast ? 200_000 : 10_000
            // Links that all lead to the root, and names that are all wrong.
            let bytes = Forge.file(root: { _ in (0..<count).map { Forge.link($0 % 2 == 0 ? "\($0)" : "", 48) } })
            var found: [Problem] = []
            let seconds = try processorTime { found = try problems(bytes) }
            #expect(found.count == Limits.problems)
            #expect(seconds < 3)
        }

        @Test func objectsHaveALimit() throws {
            var forge = Forge()
            // All these groups are empty, and alike.
            let first = forge.header(Forge.group()), group = Array(forge.bytes[first...])
            _ = forge.add((0..<Limits.objects).flatMap { _ in group })
            let links = (0..<Limits.objects).map { Forge.link("\(1_000_000 + $0)", first + $0 * group.count) }
            // With the root they are one too many.
            let root = forge.header(Forge.group() + links, flags: 2)
            #expect(try problems(forge.finish(root: root)) == [Problem(.objectCount, at: "/\(1_000_000 + Limits.objects - 1)")])
        }

        /// Structures and bytes of nobody together have one too; both files are sparse.
        @Test func whatIsNoDataHasALimit() throws {
            let scratch = try Scratch(), path = scratch.path("large.h5"), size = Limits.metadata + (1 << 20)
            var forge = Forge()
            let small = forge.header(Forge.group()), end = small + size
            try save(forge.finish(root: small, end: end), path)
            #expect(truncate(path, end) == 0)
            #expect(try rule(path) == .metadataSize)
            var large = Forge()
            let header = large.add(Array("OHDR".utf8) + [2, 2] + Forge.little(Limits.metadata, 4))
            try save(large.finish(root: header, end: end), path)
            #expect(truncate(path, end) == 0)
            #expect(try rule(path) == .metadataSize)
        }

        private func rule(_ path: String) throws -> Rule? {
            do {
                _ = try VerifiedFile(path: path)
                return nil
            } catch let error as VerificationError {
                return error.problems.first?.rule
            }
        }

        @Test func aFileThatShrinksIsNoticed() throws {
            let scratch = try Scratch(), path = scratch.path("shrinking.h5")
            try save(Forge.file(Forge.dataset([4], at: 48)), path)
            let file = try VerifiedFile(path: path)
            #expect(truncate(path, 50) == 0)
            #expect(throws: SystemError(path: path, what: "cannot read", errno: EIO)) { _ = try file.numbers("/x", as: Float.self) }
        }
    }
}

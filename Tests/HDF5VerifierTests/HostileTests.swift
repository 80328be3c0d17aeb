import HDF5Verifier
import TestSupport
import Testing

extension HDF5VerifierTests {
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
    }
}

import Foundation
import HDF5Reader
import SystemFiles
import TestSupport
import Testing

extension HDF5ReaderTests {
    /// Files that h5py wrote in its own ways.
    struct ForeignTests {
        let scratch: Scratch
        let path: String

        init() throws {
            scratch = try Scratch()
            path = scratch.path("foreign.h5")
        }

        @Test(arguments: [
            ("open()", "f['x'] = [1, 2]", "superblock-version at /"),
            ("open(libver='latest')", "f.create_dataset('x', (4,), 'f4', chunks=(2,))", "layout-version at /x"),
            ("open(libver='v108')", "f.create_dataset('x', (4,), 'f4', chunks=(2,))", "layout-class at /x"),
            ("open(libver='v108')", "f.create_dataset('x', (4,), 'f4', chunks=(2,), compression='gzip')", "filters at /x"),
            ("open(libver='v108')", "f.create_dataset('x', (4,), 'f4', chunks=(2,), maxshape=(None,))", "dataspace-grows at /x"),
            ("open(libver='v108')", "f.create_dataset('x', (4,), 'f4', external=[('other', 0, 16)])", "external-file at /x"),
            ("open(libver='v108')", "f.create_dataset('x', data=numpy.arange(4, dtype='>f4'))", "datatype at /x"),
            ("open(libver='v108')", "f.create_dataset('x', data=numpy.arange(4, dtype='f2'))", "datatype at /x"),
            ("open(libver='v108')", "f.create_dataset('x', data=numpy.zeros(4, 'f4,i4'))", "datatype at /x"),
            ("open(libver='v108')", "f['x'] = 'of any length'", "datatype at /x"),
            ("open(libver='v108')", "f['x'] = numpy.bytes_('ASCII')", "datatype at /x"),
            ("open(libver='v108')", "f['x'] = h5py.Empty('f4')", "dataspace-kind at /x"),
            ("open(libver='v108')", "f['x'] = numpy.dtype('f4')", "header-flags at /x"),
            ("open(libver='v108')", "f.create_dataset('x', (4,), 'f4', fillvalue=3)", "fill-value at /x"),
            ("open(libver='v108')", "f.create_dataset('x', (4,), 'f4', track_times=True)", "header-flags at /x"),
            ("open(libver='v108')", "f.attrs['text'] = 'of any length'", "datatype at /"),
            ("open(libver='v108')", "f['x'] = h5py.SoftLink('/y')", "link-not-hard at /"),
            ("open(libver='v108')", "f['x'] = h5py.ExternalLink('other.h5', '/')", "link-not-hard at /"),
            ("open(libver='v108')", "f['x'] = f['/']", "object-linked-twice at /"),
            ("open(libver='v108')", "f.create_group('x').create_group('y'); f['z'] = f['x/y']", "object-linked-twice at /x/y"),
            ("open(libver='v108')", "[f.create_group(str(n)) for n in range(20)]", "dense-storage at /"),
            ("open(libver='v108')", "f.attrs.update({str(n): numpy.int64(n) for n in range(20)})", "dense-storage at /"),
            ("open(libver='v108', track_order=True)", "", "header-flags at /"),
            ("open(libver='v108', userblock_size=512)", "", nil),
            ("open(libver='v108', fs_strategy='page')", "", "superblock-fields at /"),
        ] as [(String, String, String?)])
        func foreignFilesAreRefused(opening: String, body: String, problem: String?) throws {
            _ = try Python.run("""
                import h5py, numpy, sys
                def open(**options):
                    return h5py.File(sys.argv[1], "w", **options)
                f = \(opening)
                \(body)
                f.close()
                """, [path])
            let error = #expect(throws: VerificationError.self) { _ = try VerifiedFile(path: path) }
            let line = problem.map { "is HDF5, but not as aekit writes it (\($0))" } ?? "is not an HDF5 file"
            #expect(error?.description == "\(path): \(line)")
        }

        @Test func otherFilesAreRefused() throws {
            let missing = scratch.path("missing.h5"), folder = scratch.url.path
            #expect(throws: SystemError(path: missing, what: "cannot open", errno: ENOENT)) { _ = try VerifiedFile(path: missing) }
            #expect(throws: SystemError(path: folder, what: "cannot read", errno: EISDIR)) { _ = try VerifiedFile(path: folder) }
            #expect(line { _ = try VerifiedFile(path: "/dev/null") } == "/dev/null: is no regular file, as HDF5 needs")
            for size in [0, 4, 4096] {
                #expect(line { _ = try VerifiedFile([UInt8](repeating: 65, count: size), named: "x") } == "x: is not an HDF5 file")
            }
            try writeCheckpoint(path)
            let bytes = try contents(path)
            #expect(line { _ = try VerifiedFile(Array(bytes.dropLast()), named: "x") } == "x: is truncated")
            #expect(line { _ = try VerifiedFile(bytes + [0], named: "x\n") } == "x\\n: is damaged: bytes follow its end")
            var changed = bytes
            changed[60] ^= 1
            #expect(line { _ = try VerifiedFile(changed, named: "x") } == "x: is damaged (header-checksum at /)")
        }

        private func line(_ body: () throws -> Void) -> String? { #expect(throws: VerificationError.self, performing: body)?.description }
    }
}

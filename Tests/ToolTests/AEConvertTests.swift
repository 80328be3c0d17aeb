import Foundation
import ModelFiles
import TestSupport
import Testing

/// aeconvert: files that other programs rewrote become aekit's again, and nothing that is lost on the way goes unnoticed.
struct AEConvertTests {
    private let scratch = try! Scratch()
    private let model: String

    init() throws { model = try TrainedModels.make("simple", in: scratch, ["--record", "latents,weights"]) }

    private func convert(_ arguments: String...) throws -> ToolRun { try Tools.run("aeconvert", arguments) }

    /// A file that a script of h5py's makes of the model.
    private func rewritten(_ script: String) throws -> String {
        let path = scratch.path("foreign.h5")
        _ = try Python.run("import h5py, numpy, sys\nsource, path = h5py.File(sys.argv[1]), sys.argv[2]\n" + script, [model, path])
        return path
    }

    private let copy = """
        f = h5py.File(path, "w")
        f.attrs.update(source.attrs)
        for name in source: source.copy(name, f)
        f.close()
        """

    private func expectSame(_ path: String) throws {
        #expect(try Validation(path).violations == [])
        let run = try Tools.run("aeinspect", [model, "--diff", path])
        #expect(run.status == 0, "\(run.output)")
    }

    @Test func rewritesItsOwnFiles() throws {
        let once = scratch.path("once.h5"), twice = scratch.path("twice.h5")
        #expect(try convert(model, once).status == 0)
        #expect(try convert(once, twice).status == 0)
        try expectSame(once)
        #expect(try Data(contentsOf: URL(fileURLWithPath: once)) == Data(contentsOf: URL(fileURLWithPath: twice)))
    }

    @Test func rewritesACopyOfH5py() throws {
        let foreign = try rewritten(copy), out = scratch.path("out.h5")
        let refused = try convert(foreign, out)
        #expect(refused.status == 65 && refused.errors.contains("as aekit writes it") && refused.errors.contains("aeconvert --trust"))
        #expect(try Tools.run("aeinspect", [foreign]).errors.contains("aeconvert --trust rewrites it"))
        #expect(!FileManager.default.fileExists(atPath: out))
        #expect(try convert(foreign, out, "--trust").status == 0)
        try expectSame(out)
        // A run goes on from it, to the bytes of one that goes on from the original.
        let data = scratch.path("images")
        for (path, name) in [(model, "a.h5"), (out, "b.h5")] {
            #expect(try Tools.run("aetrain", ["--resume", path, "--epochs", "3", "--data", data, "-o", scratch.path(name)]).status == 0)
        }
        #expect(try Tools.run("aeinspect", [scratch.path("a.h5"), "--diff", scratch.path("b.h5")]).status == 0)
    }

    /// Chunks, deflate, big-endian numbers, integers of other widths, strings of any length, space-padded ones.
    @Test func rewritesOtherWaysToStore() throws {
        let foreign = try rewritten("""
            f = h5py.File(path, "w")
            def put(group, item, name):
                values = item[()]
                if values.dtype.kind == "f" and values.ndim: d = group.create_dataset(name, data=values.astype(">f4" if values.itemsize == 4 else ">f8"), chunks=True, compression="gzip")
                elif values.dtype.kind == "S": d = group.create_dataset(name, data=[v.decode() for v in values], dtype=h5py.string_dtype())
                else: d = group.create_dataset(name, data=values)
                return d
            def walk(a, b):
                for name, value in a.attrs.items():
                    b.attrs[name] = value.decode() if isinstance(value, bytes) else value.astype(">i8") if getattr(value, "dtype", None) == numpy.int64 else value
                for name, item in getattr(a, "items", tuple)():
                    if isinstance(item, h5py.Group): walk(item, b.create_group(name))
                    else: walk(item, put(b, item, name))
            walk(source, f)
            f.attrs["required_features"] = numpy.array([""], dtype="S1")
            f.close()
            """)
        let out = scratch.path("out.h5"), run = try convert(foreign, out, "--trust")
        #expect(run.status == 0 && run.errors == "", "\(run.errors)")
        try expectSame(out)
    }

    @Test(arguments: [
        ("f['x'] = h5py.SoftLink('/model')", "/x: is a link, which is not followed"), ("f['x'] = h5py.ExternalLink('/etc/passwd', '/')", "/x: is a link, which is not followed"),
        ("f['x'] = f['model']", "is a link, which is not followed"), ("f['x'] = numpy.dtype('f4')", "/x: is a type, which is not rewritten"),
        ("f.create_dataset('x', (2, (1 << 33) + 1), 'f4', chunks=(1, 4096), compression='gzip')", "/x: "), ("f.create_dataset('x', (0, 1 << 40, 1 << 40), 'f4')", "/x: "),
        ("f['x'] = numpy.zeros(3, [('a', 'f4')])", "/x: is compound, which is not rewritten"),
        ("f.create_dataset('x', (4,), 'f4', external=[('/tmp/x', 0, 16)])", "/x: is kept in another file, which is not opened"),
        ("f['model'].attrs['bottleneck'] = 1 << 40", "/model@bottleneck: values:"), ("del f['model/layers']", "/model: missing: has no layers"),
        ("f['model/weights/encoder.0.bias'][0] = 7", "/model/weights/encoder.0.bias: is damaged: its bytes do not match its SHA-256"),
        ("f.attrs['schema_version'] = '2.0'", "has schema 2.0; this aekit reads schema 1.0"), ("del f.attrs['format']", "is an HDF5 file, but not one of aekit's"),
        ("f.attrs['schema_version'] = '1.0'; f['x'] = numpy.zeros((2, 2)); del f['latents/test/z']; f['latents/test/z'] = numpy.zeros(4, 'f4')", "/latents/test/z: shape: has shape [4], not [N, d]"),
    ])
    func refusesWhatItWouldLoseOrBreak(change: String, line: String) throws {
        let foreign = try rewritten(copy + "\nf = h5py.File(path, 'r+')\n\(change)\nf.close()"), out = scratch.path("out.h5"), before = try scratch.names()
        let run = try convert(foreign, out, "--trust")
        #expect(run.status == 65 && run.errors.contains(line) && run.errors.split(separator: "\n").count == 1, "\(run.errors)")
        #expect(try scratch.names() == before)
    }

    /// Files with one fault each, straight to the HDF5 library: where it fails or crashes there is a line, and nothing is left behind.
    @Test func theLibrarysFailuresAreTold() throws {
        let folder = scratch.path("bad")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try Python.oracle("import bad_files, pathlib\nbad_files.main(pathlib.Path(sys.argv[1]))", [folder])
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let out = scratch.path("out.h5"), run = try convert("\(folder)/\(name)", out, "--trust")
            let lines = run.errors.split(separator: "\n").count
            #expect(run.status == 0 && lines == 0 || run.status == 65 && lines == 1, "\(name): \(run.status) \(run.errors)")
            #expect(FileManager.default.fileExists(atPath: out) == (run.status == 0), "\(name)")
            if run.status == 0 { try FileManager.default.removeItem(atPath: out) }
            #expect(try scratch.names().allSatisfy { !$0.hasPrefix(".") }, "\(name)")
        }
    }

    /// Whether a file makes libhdf5 crash depends on what its memory held before; a signal from outside is the same to the tool.
    @Test func theLibrarysCrashesAreTold() throws {
        let foreign = try rewritten(copy + "\nwith h5py.File(path, 'r+') as f: f['large'] = numpy.zeros(1 << 24)")
        let script = """
            import os, signal, subprocess, sys
            process = subprocess.Popen(sys.argv[1:] + ["--trust"], stderr=subprocess.PIPE, text=True)
            while process.poll() is None:
                for child in open(f"/proc/{process.pid}/task/{process.pid}/children").read().split():
                    try:
                        if b"--apart" in open(f"/proc/{child}/cmdline", "rb").read(): os.kill(int(child), signal.SIGSEGV)
                    except OSError:
                        pass
            print(process.returncode, process.stderr.read(), end="")
            """
        let said = try Python.run(script, [Tools.folder.appendingPathComponent("aeconvert").path, foreign, scratch.path("out.h5")])
        #expect(said == "65 aeconvert: \(foreign): the HDF5 library failed on it (signal 11); nothing was written\n")
        #expect(try scratch.names().allSatisfy { !$0.hasPrefix(".") && $0 != "out.h5" })
    }

    @Test func writesLatents() throws {
        for name in ["z.npy", "z.csv"] { #expect(try convert(model, scratch.path(name)).status == 0) }
        let script = """
            z = h5py.File(sys.argv[1])["latents/test/z"][()]
            print(numpy.array_equal(numpy.load(sys.argv[2] + "/z.npy"), z), numpy.array_equal(numpy.loadtxt(sys.argv[2] + "/z.csv", "f4", delimiter=",", skiprows=1), z))
            """
        #expect(try Python.run("import h5py, numpy, sys\n" + script, [model, scratch.url.path]) == "True True\n")
        #expect(try convert(model, scratch.path("z.txt")).status == 64)
        #expect(try convert(model, model).status == 64)
    }
}

import Foundation
import TestSupport
import Testing

/// HDF5 files of other programs, with one fault each, as data and as vectors: libhdf5 reads them, and whatever becomes of it there is one line.
@Suite struct ForeignFileTests {
    private let scratch = try! Scratch()

    @Test func libraryFailuresAreTold() throws {
        let folder = scratch.path("bad"), model = scratch.path("model.h5"), made = ["made.png", "made.h5"].map(scratch.path)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        _ = try Python.oracle("import foreign_files, pathlib\nforeign_files.main(pathlib.Path(sys.argv[1]))", [folder])
        try succeed("aetrain", ["--model", "simple", "--bottleneck", "2", "--data", "synthetic", "--limit", "16", "--epochs", "1", "-q", "-o", model])
        var endless: Set<String> = [], read = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let path = "\(folder)/\(name)"
            for (tool, arguments) in [("aedecode", [model, "--z-file", path, "-o", made[0]]), ("aetrain", ["--model", "simple", "--data", path, "--epochs", "1", "-o", made[1]])] {
                let run = try Tools.run(tool, arguments + ["-q"]), lines = run.errors.split(separator: "\n").count
                #expect(run.status == 0 && lines == 0 || run.status == 65 && lines == 1, "\(tool) \(name): \(run.status) \(run.errors)")
                if run.status == 0 { read += 1 } else { #expect(run.errors.hasPrefix("\(tool): \(path)"), "\(run.errors)") }
                if run.errors.contains("the HDF5 library does not come to an end with it") { endless.insert(name) }
                for path in made where run.status == 0 { try? FileManager.default.removeItem(atPath: path) }
                #expect(made.allSatisfy { !FileManager.default.fileExists(atPath: $0) }, "\(tool) \(name)")
            }
        }
        #expect(endless == ["links-by-the-thousand.h5"])
        #expect(read > 100)
    }

    /// One chunk that holds all images is unpacked once, and given in blocks.
    @Test func readsALargeChunk() throws {
        let path = scratch.path("images.h5"), made = scratch.path("made.h5")
        let script = """
            import h5py, numpy, sys
            if len(sys.argv) == 2:
                images = numpy.random.default_rng(0).integers(0, 256, (3000, 32, 32), numpy.uint8)
                h5py.File(sys.argv[1], "w").create_dataset("images", data=images, chunks=images.shape, compression="gzip")
            else:
                print(h5py.File(sys.argv[2])["reconstructions/test/images"].shape)
            """
        _ = try Python.run(script, [path])
        try succeed("aetrain", ["--model", "simple", "--data", path, "--epochs", "1", "-q", "-o", scratch.path("model.h5")])
        try succeed("aereconstruct", [scratch.path("model.h5"), "--data", path, "-q", "-o", made])
        #expect(try Python.run(script, [path, made]) == "(3000, 1, 32, 32)\n")
    }
}

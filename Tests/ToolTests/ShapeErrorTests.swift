import Foundation
import TestSupport
import Testing

/// Shapes and classes that cannot be are refused in one line, and nothing is left behind.
struct ShapeErrorTests {
    private let scratch = try! Scratch()

    /// Images [12, 3, 24, 24], [12, 24, 24] and [4, 2, 24, 24], all in both splits; and labels beyond what a label can be.
    private func data() throws {
        _ = try Python.run("""
            import h5py, numpy
            random = numpy.random.default_rng(1)
            for name, shape in [("rgb", (12, 3, 24, 24)), ("gray", (12, 24, 24)), ("two", (4, 2, 24, 24))]:
                with h5py.File(f"{name}.h5", "w") as file:
                    file["images"] = random.integers(0, 256, shape).astype(numpy.uint8)
                    file["label"] = numpy.arange(shape[0], dtype=numpy.int64) % 3
            with h5py.File("many.h5", "w") as file:
                file["images"], file["label"] = numpy.zeros((2, 24, 24), numpy.uint8), numpy.array([0, 69_999])
            """, in: scratch)
    }

    @Test func refuses() throws {
        try data()
        let before = Set(try scratch.names())
        let cases: [([String], Int32, String)] = [
            (["--model", "conv", "--size", "0", "--data", "rgb.h5"], 64, "--size"),
            (["--model", "ae", "--size", "1", "--data", "rgb.h5"], 64, "--size"),
            (["--model", "ae", "--size", "100000", "--data", "rgb.h5"], 64, "--size"),
            (["--model", "ae", "--size", "24x0", "--data", "rgb.h5"], 64, "--size"),
            (["--model", "ae", "--size", "24x24x24", "--data", "rgb.h5"], 64, "--size"),
            (["--model", "ae", "--size", "twelve", "--data", "rgb.h5"], 64, "--size"),
            (["--model", "ae", "--channels", "2", "--data", "rgb.h5"], 64, "--channels"),
            (["--model", "ae", "--channels", "0", "--data", "rgb.h5"], 64, "--channels"),
            (["--model", "ae", "--data", "two.h5"], 65, "[4, 2, 24, 24]"),
            (["--model", "conv", "--size", "20", "--data", "rgb.h5"], 64, "20 x 20"),
            (["--model", "conv-vae", "--size", "24x20", "--data", "rgb.h5"], 64, "24 x 20"),
            (["--model", "conv-cvae", "--size", "28", "--data", "rgb.h5"], 64, "28 x 28"),
            (["--model", "reader", "--data", "many.h5"], 65, "69999"),
            (["--model", "cvae", "--size", "16384", "--channels", "3", "--data", "rgb.h5"], 64, "too large"),
        ]
        for (arguments, status, part) in cases {
            let run = try Tools.run("aetrain", arguments.map { $0.hasSuffix(".h5") ? scratch.path($0) : $0 } + ["--epochs", "1", "-o", scratch.path("new.h5")])
            #expect(run.status == status && run.errors.contains(part), "\(arguments): \(run.status) \(run.errors)")
            #expect(run.errors.split(separator: "\n").filter { !$0.hasPrefix("Try ") }.count == 1 && run.errors.hasPrefix("aetrain: "), "\(run.errors)")
        }
        #expect(Set(try scratch.names()) == before)
    }

    /// A model of one shape is not fed another where the user asks for that; without asking, the data are made the model's.
    @Test func aModelHasItsShape() throws {
        try data()
        let model = scratch.path("model.h5")
        try succeed("aetrain", ["--model", "conv", "--size", "24", "--channels", "3", "--data", scratch.path("rgb.h5"), "--epochs", "1", "-q", "-o", model])
        let before = Set(try scratch.names())
        for arguments in [["--size", "32"], ["--channels", "1"], ["--size", "24x32"]] {
            for (tool, more) in [("aeencode", ["-o", scratch.path("z.npy")]), ("aereconstruct", ["-o", scratch.path("r.h5")]), ("aetrain", ["--resume", model, "--epochs", "2"])] {
                let run = try Tools.run(tool, (tool == "aetrain" ? [] : [model]) + more + arguments + ["--data", scratch.path("rgb.h5")])
                #expect(run.status == 64 && run.errors.contains("[3, 24, 24]") && run.errors.split(separator: "\n").count <= 2, "\(tool) \(arguments): \(run.status) \(run.errors)")
            }
        }
        #expect(Set(try scratch.names()) == before)
        try succeed("aeencode", [model, "--data", scratch.path("gray.h5"), "-q", "-o", scratch.path("z.npy")])
        try succeed("aeencode", [model, "--data", "synthetic", "--limit", "3", "-q", "-o", scratch.path("z.npy")])
    }
}

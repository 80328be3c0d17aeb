import Foundation
import HDF5Reader
import ModelFiles
import Networks
import Tensors
import TestSupport
import Testing

/// Labels of many classes with names: what is written is what h5py finds, and what is read again.
@Suite(.serialized) struct LabelTests {
    private let scratch = try! Scratch()

    /// Writes three reconstructions [1, 2, 2] with labels of named classes.
    private func write(_ labels: [UInt16], _ names: [String], to path: String) throws {
        try StoredFile.replace(path, kind: .reconstructions) { root in
            try ReconstructionRecord.write(3, ImageShape(channels: 1, height: 2, width: 2), split: "test", to: root) { append in
                for (index, label) in labels.enumerated() {
                    try [Float](repeating: Float(index) / 4, count: 4).withUnsafeBufferPointer { try append($0, [label], names) }
                }
            }
        }
    }

    private func python(_ script: String, _ path: String) throws -> String {
        try Python.run("import h5py, numpy, sys\nf = h5py.File(sys.argv[1])\ng = f['reconstructions/test']\n" + script, [path])
    }

    private static let cases: [(classes: Int, name: @Sendable (Int) -> String, type: String, form: String)] = [
        (3, { "\($0)" }, "uint8", "none"), (3, { "klasse é \($0)" }, "uint8", "text"), (256, { "\($0 + 1)" }, "uint8", "text"), (257, { "\($0)" }, "uint16", "none"),
        (65_536, { "\($0)" }, "uint16", "none"), (30_000, { String(repeating: "ä", count: $0 % 70) + "\($0)" }, "uint16", "bytes"),
    ]

    @Test(arguments: cases.indices) func areWhatH5pyFinds(number: Int) throws {
        let (classes, name, type, form) = Self.cases[number], path = scratch.path("recon.h5"), names = (0..<classes).map(name)
        let labels: [UInt16] = [0, UInt16(classes - 1), 1]
        try write(labels, names, to: path)
        #expect(try Validation(path).violations == [])
        let printed = try python("""
            names = g["class_names"] if "class_names" in g else None
            form = "none" if names is None else "text" if names.dtype.kind == "S" else "bytes"
            print(g["label"].dtype, g["label"][()].tolist(), form, f.attrs["required_features"][0].decode())
            if form == "text": found = [name.decode() for name in names[()]]
            if form == "bytes":
                ends, raw = [0, *g["class_ends"][()]], names[()].tobytes()
                found = [raw[a:b].decode() for a, b in zip(ends, ends[1:])]
            if form != "none": print(*found, sep="|")
            """, path).split(separator: "\n")
        // Images of 2 x 2 require the feature whatever the labels are.
        #expect(printed.first.map(String.init) == "\(type) [\(labels.map(String.init).joined(separator: ", "))] \(form) images-1.1")
        if form != "none" { #expect(printed.count == 2 && printed[1].split(separator: "|", omittingEmptySubsequences: false).map(String.init) == names) }
        let checker = Python.root.appendingPathComponent("Tools/check-file.py").path
        #expect(try Python.run("import runpy, sys\nprint(runpy.run_path(sys.argv[1])['main'](sys.argv[2:]))", [checker, path]) == "0\n")
    }

    /// Files that are copied or rewritten keep their labels, names and features, to the byte.
    @Test func survivesRewriting() throws {
        let path = scratch.path("recon.h5"), copy = scratch.path("copy.h5"), again = scratch.path("again.h5")
        try write([0, 29_999, 1], (0..<30_000).map { String(repeating: "x", count: $0 % 70) + "\($0)" }, to: path)
        try Rewriting.rewrite(StoredFile(path).root, to: copy)
        try Rewriting.rewrite(Rewriting.openTrusted(copy), to: again)
        #expect(try Data(contentsOf: URL(fileURLWithPath: again)) == Data(contentsOf: URL(fileURLWithPath: copy)))
        #expect(try FileComparison(StoredFile(path).verified, StoredFile(again).verified, .init(absolute: 0, relative: 0)).differences == [])
    }

    @Test func latentsTellTheNames() throws {
        let path = scratch.path("latents.h5"), network = Network(try! Architecture.simple.model(bottleneck: 2)), inference = Inference(network)
        network.initialize(seed: 1)
        func write(_ names: [String]) throws {
            try StoredFile.replace(path, kind: .latents) { root in
                try LatentRecord.write(3, of: network.description, split: "test", to: root) { append in
                    let latents = [UInt8](repeating: 7, count: 3 * 1024).withUnsafeBufferPointer { inference.encode(.bytes($0, count: 3)) }
                    try append(latents, [2, 0, 1], names)
                }
            }
        }
        try write(["cat", "dog", "owl"])
        let stored = try StoredLatents(StoredFile(path))
        #expect(stored.labels == [2, 0, 1] && stored.classNames == ["cat", "dog", "owl"])
        try write(["0", "1", "2"])
        #expect(try StoredLatents(StoredFile(path)).classNames == nil)
        // Gray images of 32 x 32, and labels of a byte, are of schema 1.0.
        #expect(try StoredFile(path).root.attribute("required_features", as: [String].self) == [""])
    }
}

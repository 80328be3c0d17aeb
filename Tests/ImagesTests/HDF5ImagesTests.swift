import Foundation
import HDF5Types
import Images
import TestSupport
import Testing

/// HDF5 files of images as h5py writes them.
@Suite struct HDF5ImagesTests {
    private let scratch = try! Scratch()

    /// Writes file.h5 with a script in which `f` is the open file and `image` makes images of the shape given.
    private func file(_ script: String) throws -> HDF5Images {
        _ = try Python.run("""
            import h5py, numpy as np
            def image(*shape): return np.random.default_rng(1).integers(0, 256, shape, np.uint8)
            with h5py.File("file.h5", "w") as f:
            \(script.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            """, in: scratch)
        return HDF5Images(scratch.path("file.h5"))
    }

    private func problem(_ script: String) throws -> String? {
        let source = try file(script)
        let error = #expect(throws: HDF5Error.self) { try source.load(.test, limit: nil) }
        return error.map { String($0.description.dropFirst(source.path.count + 1)) }
    }

    /// Every shape, type and layout holds the same images; 28 x 28 are enlarged as Pillow does it.
    @Test func readsWhatH5pyWrites() throws {
        let expected = try Python.run("""
            import numpy as np
            from PIL import Image
            images = np.random.default_rng(1).integers(0, 256, (9, 28, 28), np.uint8)
            np.stack([Image.fromarray(image).resize((32, 32), Image.Resampling.BILINEAR) for image in images]).tofile("expected")
            np.random.default_rng(1).integers(0, 256, (9, 32, 32), np.uint8).tofile("plain")
            """, in: scratch)
        #expect(expected == "")
        let enlarged = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("expected"))))
        let plain = [UInt8](try Data(contentsOf: URL(fileURLWithPath: scratch.path("plain"))))
        for (side, pixels) in [(28, enlarged), (32, plain)] {
            for shape in ["9, 1, \(side), \(side)", "9, \(side), \(side), 1", "9, \(side), \(side)", "9, \(side * side)"] {
                #expect(try file("f['images'] = image(\(shape))").load(.test, limit: nil).pixels == pixels, "\(shape)")
            }
            for type in ["'<f4'", "'<f8'", "'>f4'"] {
                let source = try file("f['images'] = (image(9, \(side), \(side)) / 255).astype(\(type))")
                #expect(try source.load(.train, limit: nil).pixels == pixels, "\(type)")
            }
        }
        for options in ["compression='gzip'", "chunks=(2, 1, 8, 16), compression='gzip', shuffle=True", "chunks=(4, 1, 32, 32), fletcher32=True, maxshape=(None, 1, 32, 32)"] {
            let source = try file("f.create_dataset('images', data=image(9, 1, 32, 32), \(options))")
            #expect(try source.load(.test, limit: nil).pixels == plain, "\(options)")
            #expect(try source.load(.test, limit: 4).pixels == Array(plain.prefix(4096)), "\(options)")
        }
    }

    @Test func readsSplitsAndLabels() throws {
        let source = try file("""
            f['train/images'], f['train/labels'] = image(3, 32, 32), np.array([4, 11, 0])
            f['reconstructions/test/images'], f['reconstructions/test/label'] = image(2, 1, 32, 32) / np.float32(255), np.uint8([7, 8])
            f['test/images'] = image(5, 32, 32)
            """)
        let train = try source.load(.train, limit: 2), test = try source.load(.test, limit: nil)
        #expect(train.labels == [4, 11] && train.classNames.count == 12 && train.count == 2)
        #expect(test.labels == [7, 8] && test.count == 2)
        for type in ["int8", "uint16", "int64", "uint64", ">i4"] {
            #expect(try file("f['images'], f['label'] = image(2, 32, 32), np.array([3, 9], '\(type)')").load(.train, limit: nil).labels == [3, 9])
        }
        #expect(try file("f['images'] = image(2, 32, 32)").load(.train, limit: nil).labels == nil)
    }

    /// Of more images than are read at a time, whatever the portions asked for.
    @Test func streamsInOrder() throws {
        let source = try file("""
            values = np.arange(2500) % 251
            f.create_dataset('images', data=np.repeat(values, 1024).reshape(-1, 32, 32).astype(np.uint8), chunks=(100, 32, 32), compression='gzip')
            f['labels'] = values
            """)
        let stream = try source.stream(.test, limit: 2400)
        var seen = 0
        while let set = try stream.next(1100) {
            let labels = (seen..<seen + set.count).map { UInt8($0 % 251) }
            #expect(set.labels == labels.map { UInt16($0) })
            for corner in [0, 1023] { #expect((0..<set.count).map { set.pixels[$0 * 1024 + corner] } == labels) }
            seen += set.count
        }
        #expect(seen == 2400)
    }

    /// What a decoder without a Sigmoid overshoots is black or white; pixels of 0 to 255 in floats are an error.
    @Test func takesFloatsForBrightness() throws {
        let pixels = try file("f['images'] = np.repeat(np.float32([-0.3, 1.4, 0.5, 1e-9]), 256).reshape(1, 32, 32)").load(.test, limit: nil).pixels
        #expect([0, 256, 512, 768].map { pixels[$0] } == [0, 255, 128, 0])
        for value in ["255", "-7", "np.nan", "np.inf"] {
            let said = try problem("images = np.zeros((3, 28, 28), np.float32)\nimages[1, 2, 3] = \(value)\nf['images'] = images")
            #expect(said?.hasPrefix("/images: holds ") == true && said?.hasSuffix(" in image 1, where floats are 0 to 1") == true)
        }
    }

    @Test func saysWhatIsWrong() throws {
        let cases = [
            ("f['pictures'] = image(2, 32, 32)", " holds no images of the test split: no dataset images, test/images or reconstructions/test/images"),
            ("f['images'] = image(2, 30, 30)", "/images: has shape [2, 30, 30]; [N, 1, 32, 32], [N, 32, 32] and [N, 1024] are read, and the same of 28"),
            ("f['images'] = image(32, 32)", "/images: has shape [32, 32];"), ("f['images'] = 3", "/images: has shape [];"),
            ("f['images'] = image(2, 3, 32, 32)", "/images: has shape [2, 3, 32, 32];"), ("f['images'] = image(0, 32, 32)", "/images: holds no images"),
            ("f['images'] = image(2, 32, 32).astype(int)", "/images: is int64; uint8 (0 to 255) and floats (0 to 1) are read"),
            ("f['images'] = 'text'", "/images: "), ("f.create_group('images')", "/images: is no dataset"),
            ("f['images'] = h5py.SoftLink('/else')", "/images: is a link to elsewhere"), ("f['images'] = h5py.ExternalLink('x.h5', '/')", "/images: is a link to elsewhere"),
            ("f['images'], f['label'] = image(2, 32, 32), [1, 2, 3]", "/label: has shape [3], not [2], one label an image"),
            ("f['images'], f['labels'] = image(2, 32, 32), [1, 256]", "/labels: holds 256, where labels are 0 to 255"),
            ("f['images'], f['labels'] = image(2, 32, 32), [1, -1]", "/labels: holds -1, where labels are 0 to 255"),
            ("f['images'], f['labels'] = image(2, 32, 32), [1.0, 2.0]", "/labels: is float64, not int64"),
        ]
        for (script, message) in cases {
            let said = try problem(script)
            #expect(said?.hasPrefix(message) == true, "\(script): \(said ?? "nothing")")
        }
        let text = scratch.path("text.h5")
        try Data("text".utf8).write(to: URL(fileURLWithPath: text))
        #expect(throws: HDF5Error.self) { try HDF5Images(text).stream(.test, limit: nil) }
        #expect(try DataSelection(text).source is HDF5Images)
    }
}

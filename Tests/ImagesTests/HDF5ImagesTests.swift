import Foundation
import HDF5Types
import Images
import TestSupport
import Testing

/// HDF5 files of images as h5py writes them.
@Suite struct HDF5ImagesTests {
    private let scratch = try! Scratch()

    /// Writes a new file with a script in which `f` is the open file and `image` makes images of the shape given.
    private func file(_ script: String) throws -> HDF5Images {
        let name = "\(UUID().uuidString).h5"
        _ = try Python.run("""
            import h5py, numpy as np
            def image(*shape): return np.random.default_rng(1).integers(0, 256, shape, np.uint8)
            with h5py.File("\(name)", "w") as f:
            \(script.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            """, in: scratch)
        return HDF5Images(scratch.path(name))
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
                let floats = try file("f['images'] = (image(9, \(side), \(side)) / 255).astype(\(type))").load(.train, limit: nil).floats
                // The mean of numbers rounded to levels is not the rounded mean: up to a level apart where both passes resize.
                #expect(zip(floats, pixels).allSatisfy { abs($0 * 255 - Float($1)) <= (side == 28 ? 1.01 : 1e-4) }, "\(type)")
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
        let stream = try source.stream(.test, limit: 2400, .report)
        var seen = 0
        while let set = try stream.next(1100) {
            let labels = (seen..<seen + set.count).map { UInt8($0 % 251) }
            #expect(set.labels == labels.map { UInt16($0) })
            for corner in [0, 1023] { #expect((0..<set.count).map { set.pixels[$0 * 1024 + corner] } == labels) }
            seen += set.count
        }
        #expect(seen == 2400)
    }

    /// What a decoder without a Sigmoid overshoots is black or white, in reconstructions; elsewhere what rounding overshoots. All else is an error.
    @Test func takesFloatsForBrightness() throws {
        let made = "np.repeat(np.float32([-0.3, 1.4, 0.5, 1e-9]), 256).reshape(1, 32, 32)"
        let floats = try file("f['reconstructions/test/images'] = \(made)").load(.test, limit: nil).floats
        #expect([0, 256, 512, 768].map { floats[$0] } == [0, 1, 0.5, 1e-9])
        #expect(try problem("f['images'] = \(made)") == "/images: holds floats from -0.3 to 1.4, where 0 to 1 are read")
        let rounded = try file("f['images'] = np.repeat(np.float32([-1e-4, 1.0001, 0.25, 0]), 256).reshape(1, 32, 32)").load(.test, limit: nil).floats
        #expect([0, 256, 512, 768].map { rounded[$0] } == [0, 1, 0.25, 0])
        for options in ["", ", chunks=(1, 28, 28)"] {
            for value in ["255", "-7"] {
                let said = try problem("images = np.zeros((3, 28, 28), np.float32)\nimages[1, 2, 3] = \(value)\nf.create_dataset('images', data=images\(options))")
                #expect(said == "/images: holds floats from \(value == "255" ? "0.0 to 255.0" : "-7.0 to 0.0"), where 0 to 1 are read")
            }
            for value in ["np.nan", "np.inf"] {
                let said = try problem("images = np.zeros((3, 28, 28), np.float32)\nimages[1, 2, 3] = \(value)\nf.create_dataset('images', data=images\(options))")
                #expect(said == "/images: holds numbers that are not finite")
            }
        }
        #expect(try problem("f['images'] = np.full((3, 28, 28), -0.5, np.float32)") == "/images: holds floats from -0.5 to -0.5, where 0 to 1 are read")
    }

    @Test func saysWhatIsWrong() throws {
        let cases = [
            ("f['pictures'] = image(2, 32, 32)", " holds no images of the test split: no dataset images, test/images or reconstructions/test/images"),
            ("f['images'] = image(28, 28, 3)", "/images: has shape [28, 28, 3], which may be 28 images of 28 x 3 or one of 28 x 28 with 3 channels; [N, C, H, W] says which"),
            ("f['images'] = image(2, 3, 32, 1)", "/images: has shape [2, 3, 32, 1], which may be [N, C, H, W] or [N, H, W, C]"),
            ("f['images'] = image(2, 900)", "/images: has shape [2, 900]; [N, C, H, W], [N, H, W, C] and [N, H, W] are read"),
            ("f['images'] = image(32, 32)", "/images: has shape [32, 32];"), ("f['images'] = 3", "/images: has 0 dimensions;"),
            ("f['images'] = image(2, 2, 32, 32)", "/images: has shape [2, 2, 32, 32]; images have 1 channel or 3"), ("f['images'] = image(0, 32, 32)", "/images: holds no images"),
            ("f['images'] = image(2, 32, 32).astype(int)", "/images: is int64; uint8 (0 to 255) and floats (0 to 1) are read"),
            ("f['images'] = 'text'", "/images: "), ("f.create_group('images')", "/images: is no dataset"),
            ("f['images'] = h5py.SoftLink('/else')", "/images: is a link to elsewhere"), ("f['images'] = h5py.ExternalLink('x.h5', '/')", "/images: is a link to elsewhere"),
            ("f['images'], f['label'] = image(2, 32, 32), [1, 2, 3]", "/label: has shape [3], not [2], one label an image"),
            ("f['images'], f['labels'] = image(2, 32, 32), [1, 65536]", "/labels: holds 65536, where labels are 0 to 65535"),
            ("f['images'], f['labels'] = image(2, 32, 32), [1, -1]", "/labels: holds -1, where labels are 0 to 65535"),
            ("f['images'], f['labels'], f['class_names'] = image(2, 32, 32), [1, 2], ['a', 'b']", "/labels: holds 2, but there are 2 class_names"),
            ("f['images'], f['labels'], f['class_names'] = image(2, 32, 32), [1, 2], [1, 2]", "/class_names: is int64, not text"),
            ("f['images'], f['labels'] = image(2, 32, 32), [1.0, 2.0]", "/labels: is float64, not int64"),
        ]
        for (script, message) in cases {
            let said = try problem(script)
            #expect(said?.hasPrefix(message) == true, "\(script): \(said ?? "nothing")")
        }
        let text = scratch.path("text.h5")
        try Data("text".utf8).write(to: URL(fileURLWithPath: text))
        #expect(throws: HDF5Error.self) { try HDF5Images(text).open(.test) }
        #expect(try DataSelection(text).source is HDF5Images)
    }
}

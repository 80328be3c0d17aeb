import Foundation
import Images
import TestSupport
import Testing

/// Images of any size, resized and recoloured by us and by Pillow, to the bit.
@Suite struct ResizingTests {
    private let scratch = try! Scratch()

    /// What a script makes: `save(name, images, expected)` writes images and, as plain numbers, what Pillow makes of them.
    private func prepare(_ script: String) throws -> [String] {
        try Python.run("""
            import numpy as np
            from PIL import Image
            rng = np.random.default_rng(11)
            def save(name, images, expected):
                np.save(name + ".npy", images)
                np.ascontiguousarray(expected).tofile(name + ".raw")
                print(name)
            def pillow(image, mode, size, final=None):
                image = Image.fromarray(image) if mode is None else Image.fromarray(image).convert(mode)
                image = image.resize((size[1], size[0]), Image.Resampling.BILINEAR)
                return np.asarray(image.convert(final) if final else image)
            \(script)
            """, in: scratch).split(separator: "\n").map(String.init)
    }

    private func expected<Number>(_ name: String, _: Number.Type) throws -> [Number] {
        try Data(contentsOf: URL(fileURLWithPath: scratch.path("\(name).raw"))).withUnsafeBytes { Array($0.bindMemory(to: Number.self)) }
    }

    private func load(_ name: String, _ size: ImageSize?, _ channels: Int?) throws -> ImageSet {
        try NPYImages(scratch.path("\(name).npy")).load(.train, limit: nil, as: Preparation(size: size, channels: channels))
    }

    /// Sixty pairs of sizes, larger and smaller, down to one pixel; noise, black and white.
    @Test func resizesAsPillowDoes() throws {
        let names = try prepare("""
            pairs = [((28, 28), (32, 32)), ((32, 32), (64, 64)), ((64, 64), (28, 28)), ((2, 2), (1, 1)), ((100, 7), (1, 300)), ((1, 50), (20, 1)), ((33, 64), (33, 20)), ((33, 64), (90, 64))]
            while len(pairs) < 60:
                sides = np.exp(rng.uniform(0, np.log(200), 4)).astype(int)
                if sides[1] not in (1, 3): pairs.append(((sides[0], sides[1]), (sides[2], sides[3])))
            for (h, w), (y, x) in pairs:
                images = rng.integers(0, 256, (4, 1, h, w), dtype=np.uint8)
                images[1] = np.where(images[1] > 127, 255, 0)
                images[2] = 255
                save(f"L-{h}-{w}-{y}-{x}", images, np.stack([pillow(i[0], None, (y, x)) for i in images]))
                floats = rng.random((3, 1, h, w), dtype=np.float32)
                floats[2] = np.where(floats[2] > 0.5, 1, 0)
                save(f"F-{h}-{w}-{y}-{x}", floats, np.stack([pillow(i[0], None, (y, x)) for i in floats]))
            """)
        #expect(names.count == 120)
        for name in names {
            let sides = name.split(separator: "-").dropFirst().map { Int($0)! }, set = try load(name, ImageSize(height: sides[2], width: sides[3]), nil)
            if name.hasPrefix("L") { #expect(try set.pixels == expected(name, UInt8.self), "\(name)") } else {
                #expect(try set.floats.map(\.bitPattern) == expected(name, Float.self).map(\.bitPattern), "\(name)")
            }
        }
    }

    /// Colour in both orders of axes, turned gray before it is resized; gray repeated.
    @Test func takesAndGivesColour() throws {
        _ = try prepare("""
            images = rng.integers(0, 256, (5, 37, 50, 3), dtype=np.uint8)
            small = np.stack([pillow(i, None, (24, 61)) for i in images])
            save("last", images, small.transpose(0, 3, 1, 2))
            save("first", images.transpose(0, 3, 1, 2), small.transpose(0, 3, 1, 2))
            save("gray", images, np.stack([pillow(i, "L", (24, 61)) for i in images]))
            save("same", images, images.transpose(0, 3, 1, 2))
            one = images[:, :, :, 0]
            save("repeated", one, np.stack([pillow(i, "L", (24, 61), "RGB").transpose(2, 0, 1) for i in one]))
            floats = images / np.float32(255)
            weights = np.float32([19595, 38470, 7471])
            luma = ((floats[..., 0] * weights[0] + floats[..., 1] * weights[1]) + floats[..., 2] * weights[2]) / np.float32(65536)
            save("floats", floats, np.stack([pillow(i, None, (24, 61)) for i in luma]))
            """)
        let size = ImageSize(height: 24, width: 61)
        for (name, size, channels) in [("last", size, 3), ("first", size, nil), ("gray", size, 1), ("same", nil, nil), ("same", nil, 3), ("repeated", size, 3)] as [(String, ImageSize?, Int?)] {
            #expect(try load(name, size, channels).pixels == expected(name, UInt8.self), "\(name)")
        }
        #expect(try load("same", nil, nil).shape.axes == [3, 37, 50] && load("last", size, nil).shape.axes == [3, 24, 61])
        #expect(try load("floats", size, 1).floats.map(\.bitPattern) == expected("floats", Float.self).map(\.bitPattern))
        // An array's colour goes with a word.
        let source = NPYImages(scratch.path("last.npy"))
        _ = try source.load(.train, limit: 1, as: .report)
        #expect(source.notices.take() == ["\(source.path): colour images are turned gray"] && source.notices.take().isEmpty)
    }

    /// PNGs of several sizes and kinds, as Pillow reads them.
    @Test func readsPNGsOfAnySize() throws {
        try FileManager.default.createDirectory(atPath: scratch.path("png"), withIntermediateDirectories: true)
        _ = try prepare("""
            expected, gray = [], []
            for index, (mode, size) in enumerate([("L", (20, 30)), ("RGB", (64, 48)), ("RGBA", (31, 31)), ("P", (40, 9)), ("LA", (12, 12)), ("L", (32, 32))]):
                channels = {"L": (), "P": (3,), "LA": (2,)}.get(mode, (len(mode),))
                image = Image.fromarray(rng.integers(0, 256, (size[1], size[0]) + channels, dtype=np.uint8))
                if mode == "P": image = image.quantize(64)
                image.save(f"png/{index}.png")
                array = np.asarray(image.convert("RGBA"))[..., :3]
                expected.append(pillow(array, None, (24, 25)).transpose(2, 0, 1))
                gray.append(pillow(array, "L", (24, 25)))
            save("color", np.zeros((1, 2, 2)), np.stack(expected))
            save("gray", np.zeros((1, 2, 2)), np.stack(gray))
            """)
        let source = PNGFolder(scratch.path("png")), size = ImageSize(height: 24, width: 25)
        #expect(try source.load(.test, limit: nil, as: Preparation(size: size)).pixels == expected("color", UInt8.self))
        #expect(try source.load(.test, limit: nil, as: Preparation(size: size, channels: 1)).pixels == expected("gray", UInt8.self))
        #expect(try source.open(.train).extent() == ImageExtent(size: nil, channels: 3))
    }
}

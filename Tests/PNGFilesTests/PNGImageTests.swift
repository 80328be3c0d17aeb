import Foundation
import PNGFiles
import TestSupport
import Testing

/// What Pillow makes of a PNG, against what we make of it.
@Suite struct PNGImageTests {
    /// Writes one PNG of each kind to a folder and, beside it, its size and Pillow's pixels and its `convert("L")`.
    private static let writer = """
        import sys, zlib, struct, numpy as np
        from PIL import Image, PngImagePlugin
        folder = sys.argv[1]
        rng = np.random.default_rng(7)
        def save(name, image, mode, **options):
            image.save(f"{folder}/{name}.png", **options)
            back = Image.open(f"{folder}/{name}.png")
            pixels = np.asarray(back.convert(mode))
            pixels.tofile(f"{folder}/{name}.pixels")
            np.asarray(Image.fromarray(pixels).convert("L")).tofile(f"{folder}/{name}.gray")
            print(name, image.width, image.height, {"L": 1, "RGB": 3, "RGBA": 4}[mode])
        def noise(h, w, c): return rng.integers(0, 256, (h, w, c) if c > 1 else (h, w), dtype=np.uint8)
        gray = Image.fromarray(noise(32, 32, 1))
        rgb = Image.fromarray(noise(7, 13, 3))
        save("gray", gray, "L")
        save("rgb", rgb, "RGB")
        save("rgba", Image.fromarray(noise(5, 9, 4)), "RGBA")
        save("gray-alpha", Image.fromarray(noise(6, 4, 4)).convert("LA"), "RGBA")
        save("palette", rgb.quantize(200), "RGB")
        save("palette-alpha", rgb.quantize(11), "RGBA", transparency=3)
        save("gray-key", gray, "RGBA", transparency=17)
        save("two-level", gray.convert("1"), "L")
        save("four-bits", rgb.quantize(14), "RGB", bits=4)
        # Pillow makes 8 bits of 16 by dropping the low byte, we round: equal where both bytes are.
        wide = noise(9, 8, 1).astype(np.uint16) * 257
        Image.fromarray(wide).save(f"{folder}/sixteen.png")
        (wide >> 8).astype(np.uint8).tofile(f"{folder}/sixteen.pixels")
        (wide >> 8).astype(np.uint8).tofile(f"{folder}/sixteen.gray")
        print("sixteen", 8, 9, 1)
        # Chunks about gamma change nothing in Pillow, nor in ours.
        extra = PngImagePlugin.PngInfo()
        extra.add(b"gAMA", struct.pack(">I", 100000))
        extra.add_text("comment", "x" * 1000, zip=True)
        save("gamma", rgb, "RGB", pnginfo=extra)
        # Pillow cannot write interlaced files, so Adam7 by hand.
        pixels = noise(11, 10, 1)
        passes = b"".join(b"".join(b"\\0" + row.tobytes() for row in pixels[y::dy, x::dx]) for x, y, dx, dy in
            [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)])
        def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        header = struct.pack(">IIBBBBB", 10, 11, 8, 0, 0, 0, 1)
        chunks = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(passes)) + chunk(b"IEND", b"")
        open(f"{folder}/interlaced.png", "wb").write(b"\\x89PNG\\r\\n\\x1a\\n" + chunks)
        np.asarray(Image.open(f"{folder}/interlaced.png")).tofile(f"{folder}/interlaced.pixels")
        pixels.tofile(f"{folder}/interlaced.gray")
        print("interlaced", 10, 11, 1)
        """

    @Test func decodesWhatPillowWrites() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let kinds = try Python.run(Self.writer, [folder.path]).split(separator: "\n").map { $0.split(separator: " ") }
        #expect(kinds.count == 12)
        for kind in kinds {
            func bytes(_ type: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appendingPathComponent("\(kind[0]).\(type)"))) }
            let image = try PNGImage.decode(bytes("png"))
            #expect([image.width, image.height, image.channels] == kind[1...].map { Int($0)! }, "\(kind[0])")
            #expect(try image.pixels == bytes("pixels"), "\(kind[0])")
            #expect(try image.gray().pixels == bytes("gray"), "\(kind[0])")
        }
    }

    @Test(arguments: [1, 3, 4], [PNGImage.Compression.fast, .standard])
    func pillowReadsWhatWeEncode(channels: Int, compression: PNGImage.Compression) throws {
        let pixels = (0..<19 * 23 * channels).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
        let image = PNGImage(width: 19, height: 23, channels: channels, pixels: pixels)
        let file = try image.encode(compression)
        #expect(try PNGImage.decode(file) == image)
        let script = """
            import base64, hashlib, io, sys
            from PIL import Image
            image = Image.open(io.BytesIO(base64.b64decode(sys.argv[1])))
            print(image.size, image.mode, list(image.tobytes()))
            """
        let mode = [1: "L", 3: "RGB", 4: "RGBA"][channels]!
        #expect(try Python.run(script, [Data(file).base64EncodedString()]) == "(19, 23) \(mode) \(image.pixels)\n")
    }

    @Test func refusesDamageInOneLine() throws {
        let file = try noise().encode()
        var damaged = file
        damaged[60] ^= 0x40
        var header = file
        header[16...19] = [0x7F, 0xFF, 0xFF, 0xFF]
        var empty = file
        empty[16...19] = [0, 0, 0, 0]
        for bytes in [[], Array(file.prefix(7)), Array(file.prefix(40)), Array(file.dropLast(13)), damaged, header, empty, Array("GIF89a".utf8)] {
            let error = #expect(throws: PNGError.self) { try PNGImage.decode(bytes) }
            #expect(error?.description.isEmpty == false && error?.description.contains("\n") == false)
        }
        #expect(throws: PNGError("not a PNG file")) { try PNGImage.decode(Array("GIF89a".utf8)) }
        #expect(throws: PNGError("the PNG ends too early")) { try PNGImage.decode(Array(file.dropLast(1))) }
    }

    @Test func refusesLongSidesBeforePixels() throws {
        let file = try noise().encode()
        #expect(throws: PNGError("40 x 30 pixels, more than 32 x 32")) { try PNGImage.decode(file, maximumSide: 32) }
        #expect(try PNGImage.decode(file, maximumSide: 40).width == 40)
    }

    /// Any single byte changed and any truncation: an error or an image, never a crash.
    @Test func survivesEveryBytesChange() throws {
        let file = try noise().encode()
        for position in file.indices {
            for value: UInt8 in [0, 0xFF, file[position] ^ 1] {
                var bytes = file
                bytes[position] = value
                _ = try? PNGImage.decode(bytes)
            }
            #expect(throws: PNGError.self) { try PNGImage.decode(Array(file.prefix(position))) }
        }
    }

    private func noise() -> PNGImage {
        PNGImage(width: 40, height: 30, channels: 1, pixels: (0..<1200).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2654435761 >> 7) })
    }

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("aekit-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
